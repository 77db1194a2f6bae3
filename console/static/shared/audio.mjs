// The call-taker's audio: one WebRTC leg, connected at sign-on and kept; answering a call is then no work here.
import { ask, post, problemFrom } from "./api.mjs";

const ALIVE_EVERY = 5000;

/** @param {(keep: () => void) => void} begin
 * @returns {Promise<void>} */
const promised = (begin) => new Promise(begin);

export class Audio {
  state = "off"; // off, elsewhere (another window of this browser has it), connecting, up, broken, refused
  level = 0;
  muted = false;
  #position = "";
  /** @type {RTCPeerConnection | null} */
  #pc = null;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {number | undefined} */
  #beat;
  #tell;
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {number | undefined} */
  #meter;
  /** @type {HTMLAudioElement | null} */
  #player = null;
  /** @type {number | undefined} */
  #retry;
  /** This window's turn to have the sound: `held` when it came, `free` gives it away.
   * @type {{ held: Promise<void>, free: () => void } | null} */
  #turn = null;
  why = "";

  /** @param {() => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** After a reload, without asking. Two windows would cut each other off: the second waits until the first is closed.
   * @param {string} position */
  async resume(position) {
    this.#set("elsewhere");
    await this.#hold(position);
    if (this.state === "elsewhere") await this.connect(position);
  }

  /** @param {string} position */
  #hold(position) {
    if (this.#turn) return this.#turn.held;
    let come = () => {};
    const turn = { held: promised((held) => (come = held)), free: () => {} };
    this.#turn = turn;
    if (!navigator.locks) come();
    else
      navigator.locks.request(`audio ${position}`, () => {
        come();
        return turn === this.#turn && promised((free) => (turn.free = free));
      });
    return turn.held;
  }

  /** @param {string} position */
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
    const stream = this.#stream;
    this.#measure(stream);
    try {
      await this.#dial(stream);
      this.#set("up");
    } catch (wrong) {
      this.why = problemFrom(wrong).message;
      this.#broken();
    }
  }

  /** @param {MediaStream} stream */
  async #dial(stream) {
    this.#pc?.close();
    const pc = new RTCPeerConnection({ iceServers: [] });
    this.#pc = pc;
    for (const track of stream.getTracks()) pc.addTrack(track, stream);
    // G.711 costs the switch a quarter of what Opus costs, and the telephone network has no more to give.
    const codecs = RTCRtpSender.getCapabilities("audio")?.codecs ?? [];
    const rank = (/** @type {{ mimeType: string }} */ codec) => ["audio/PCMA", "audio/PCMU"].indexOf(codec.mimeType) >>> 0;
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
    await promised((done) => {
      if (pc.iceGatheringState === "complete") done();
      pc.onicegatheringstatechange = () => pc.iceGatheringState === "complete" && done();
      setTimeout(done, 1500);
    });
    const { sdp } = await post("/api/v1/audio", { position: this.#position, sdp: pc.localDescription?.sdp ?? "" });
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

  /** @param {boolean} on */
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
    this.#turn?.free();
    this.#turn = null;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    if (position) ask("DELETE", `/api/v1/audio?position=${encodeURIComponent(position)}`).catch(() => {});
  }

  /** @param {MediaStream} stream */
  #measure(stream) {
    this.#context ??= new AudioContext();
    clearInterval(this.#meter);
    const meter = this.#context.createAnalyser();
    meter.fftSize = 512;
    this.#context.createMediaStreamSource(stream).connect(meter);
    const samples = new Float32Array(512);
    this.#meter = setInterval(() => {
      meter.getFloatTimeDomainData(samples);
      const loud = Math.sqrt(samples.reduce((sum, v) => sum + v * v, 0) / samples.length);
      this.level = this.muted ? 0 : Math.min(1, loud * 6);
      document.documentElement.style.setProperty("--mic", this.level.toFixed(2));
    }, 120);
  }

  /** @param {string} state */
  #set(state) {
    this.state = state;
    this.#tell();
  }
}

// Rings while a call is offered here: two soft tones, twice a second, until told to stop.
export class Ringer {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {number | undefined} */
  #timer;

  /** @param {boolean} on */
  ring(on) {
    if (on === (this.#timer !== undefined)) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
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

  /** @param {[hertz: number, after: number][]} tones */
  #play(tones) {
    const context = (this.#context ??= new AudioContext());
    context.resume().catch(() => {});
    for (const [hertz, after] of tones) {
      const tone = context.createOscillator();
      const gain = context.createGain();
      const at = context.currentTime + after;
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, at);
      gain.gain.linearRampToValueAtTime(0.22, at + 0.02);
      gain.gain.linearRampToValueAtTime(0.0001, at + 0.16);
      tone.connect(gain).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.18);
    }
  }
}
