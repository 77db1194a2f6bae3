// The call-taker's audio: one WebRTC leg, connected at sign-on and kept; answering a call is then no work here.
import { ask, post } from "./api.mjs";

const ALIVE_EVERY = 5000;

export class Audio {
  state = "off"; // off, elsewhere (another window of this browser has it), connecting, up, broken, refused
  level = 0;
  muted = false;
  #position = "";
  #pc = null;
  #stream = null;
  #beat = null;
  #tell;
  #context = null;
  #meter = null;
  #player = null;
  #retry = null;
  #turn = null;

  constructor(tell) {
    this.#tell = tell;
  }

  /** After a reload, without asking. Two windows would cut each other off: the second waits until the first is closed. */
  async resume(position) {
    this.#set("elsewhere");
    await this.#hold(position);
    if (this.state === "elsewhere") await this.connect(position);
  }

  #hold(position) {
    if (this.#turn) return this.#turn.held;
    const turn = (this.#turn = {});
    turn.held = new Promise((held) => {
      if (!navigator.locks) {
        held();
        return;
      }
      navigator.locks.request(`audio ${position}`, () => {
        held();
        return (
          turn === this.#turn &&
          new Promise((free) => {
            turn.free = free;
          })
        );
      });
    });
    return turn.held;
  }

  async connect(position) {
    this.#position = position;
    this.#hold(position);
    this.#set("connecting");
    try {
      this.#stream ??= await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch {
      this.#set("refused");
      return;
    }
    this.#measure();
    try {
      await this.#dial();
      this.#set("up");
    } catch (wrong) {
      this.why = wrong.message;
      this.#broken();
    }
  }

  async #dial() {
    this.#pc?.close();
    const pc = new RTCPeerConnection({ iceServers: [] });
    this.#pc = pc;
    for (const track of this.#stream.getTracks()) pc.addTrack(track, this.#stream);
    // G.711 costs the switch a quarter of what Opus costs, and the telephone network has no more to give.
    const codecs = RTCRtpSender.getCapabilities("audio").codecs;
    const rank = (codec) => ["audio/PCMA", "audio/PCMU"].indexOf(codec.mimeType) >>> 0;
    pc.getTransceivers()[0].setCodecPreferences?.([...codecs].sort((a, b) => rank(a) - rank(b)));
    pc.ontrack = (event) => {
      this.#player ??= new window.Audio();
      this.#player.srcObject = event.streams[0] ?? new MediaStream([event.track]);
      this.#player.play().catch(() => {});
    };
    pc.onconnectionstatechange = () => {
      if (pc === this.#pc && ["failed", "disconnected", "closed"].includes(pc.connectionState)) this.#broken();
    };
    await pc.setLocalDescription(await pc.createOffer());
    await new Promise((done) => {
      if (pc.iceGatheringState === "complete") done();
      pc.onicegatheringstatechange = () => pc.iceGatheringState === "complete" && done();
      setTimeout(done, 1500);
    });
    const { sdp } = await post("/api/v1/audio", { position: this.#position, sdp: pc.localDescription.sdp });
    await pc.setRemoteDescription({ type: "answer", sdp });
    clearInterval(this.#beat);
    this.#beat = setInterval(() => {
      // Given up before the next one: those that a silent room never answers would hold the browser's few connections.
      post("/api/v1/audio/alive", { position: this.#position }, { within: ALIVE_EVERY / 1000 }).catch(
        (wrong) => wrong.status === 410 && this.#broken(),
      );
    }, ALIVE_EVERY);
  }

  #broken() {
    if (this.state === "off") return;
    this.#set("broken");
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.state === "broken" && this.connect(this.#position), 2000);
  }

  // The switch said that the leg is gone, although the browser has not noticed.
  legGone() {
    if (this.state === "up") this.#broken();
  }

  mute(on) {
    this.muted = on;
    for (const track of this.#stream?.getAudioTracks() ?? []) track.enabled = !on;
    this.#tell();
  }

  disconnect() {
    const position = this.#position;
    this.#set("off");
    clearInterval(this.#beat);
    clearInterval(this.#meter);
    clearTimeout(this.#retry);
    this.#pc?.close();
    this.#pc = null;
    this.#turn?.free?.();
    this.#turn = null;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    if (position) ask("DELETE", `/api/v1/audio?position=${encodeURIComponent(position)}`).catch(() => {});
  }

  #measure() {
    this.#context ??= new AudioContext();
    clearInterval(this.#meter);
    const meter = this.#context.createAnalyser();
    meter.fftSize = 512;
    this.#context.createMediaStreamSource(this.#stream).connect(meter);
    const samples = new Float32Array(512);
    this.#meter = setInterval(() => {
      meter.getFloatTimeDomainData(samples);
      const loud = Math.sqrt(samples.reduce((sum, v) => sum + v * v, 0) / samples.length);
      this.level = this.muted ? 0 : Math.min(1, loud * 6);
      document.documentElement.style.setProperty("--mic", this.level.toFixed(2));
    }, 120);
  }

  #set(state) {
    this.state = state;
    this.#tell();
  }
}

// Rings while a call is offered here: two soft tones, twice a second, until told to stop.
export class Ringer {
  #context = null;
  #timer = null;

  ring(on) {
    if (on === (this.#timer !== null)) return;
    clearInterval(this.#timer);
    this.#timer = null;
    if (!on) return;
    this.#play([
      [880, 0],
      [1175, 0.18],
    ]);
    this.#timer = setInterval(
      () =>
        this.#play([
          [880, 0],
          [1175, 0.18],
        ]),
      1200,
    );
  }

  // Three falling tones, once: a neighbouring centre tells us of something.
  chime() {
    this.#play([
      [988, 0],
      [784, 0.2],
      [659, 0.4],
    ]);
  }

  #play(tones) {
    this.#context ??= new AudioContext();
    this.#context.resume().catch(() => {});
    for (const [hertz, after] of tones) {
      const tone = this.#context.createOscillator();
      const gain = this.#context.createGain();
      const at = this.#context.currentTime + after;
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, at);
      gain.gain.linearRampToValueAtTime(0.22, at + 0.02);
      gain.gain.linearRampToValueAtTime(0.0001, at + 0.16);
      tone.connect(gain).connect(this.#context.destination);
      tone.start(at);
      tone.stop(at + 0.18);
    }
  }
}
