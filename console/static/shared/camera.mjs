// One camera tile: plays what the camera gateway sends over a WebSocket, and never passes an old picture off as new.
//
// Needs camera.css beside it and, in the page's content security policy, connect-src for the socket and
// media-src blob: for video. JPEG pictures are drawn on a canvas and need nothing.
import { DEGREE_M } from "./earth.mjs";
import { heard } from "./heard.mjs";
import { clock, say, t } from "./i18n.mjs";

const SILENCE = 6; // s; the server says something every two seconds
const RETRY_AT_MOST = 3_000; // ms
const BEHIND_AT_MOST = 1.5; // s, beyond what is usual between arrivals
const KEEP = 8; // s of played video kept in the buffer
const STUCK = 4_000; // ms with video arriving and none shown

/** What the gateway says of its pictures: their kind, and the usual wait between two arrivals (s).
 * @typedef {{ mime: string, pace: number }} Kind
 * What it says of the camera; `age` of the last picture (s).
 * @typedef {{ state: string, why: Api.Text | null, age?: number | null }} Status */

/** @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {string} className
 * @param {Element} parent */
const element = (name, className, parent) => {
  const made = document.createElement(name);
  made.className = className;
  parent.append(made);
  return made;
};

/** @param {Element} node @param {string} said */
const write = (node, said) => {
  if (node.textContent !== said) node.textContent = said;
};

/** H.264 fragments through MediaSource. `onBroken()` is called once when the browser can not go on. */
class Video {
  /** @type {ArrayBuffer[]} */
  queue = [];
  /** @type {SourceBuffer | null} */
  buffer = null;
  /** @type {(() => void) | null} */
  onBroken;

  /** @param {Element} parent @param {string} label @param {Kind} kind @param {() => void} onBroken */
  constructor(parent, label, { mime, pace }, onBroken) {
    this.onBroken = onBroken;
    this.pace = pace; // s, the usual wait between arrivals: 0 for RTSP, a segment for HLS
    this.shown = { time: -1, at: performance.now() };
    this.element = element("video", "camera-picture", parent);
    this.element.muted = true;
    this.element.playsInline = true;
    this.element.setAttribute("aria-label", label);
    this.element.addEventListener("error", () => this.broken());
    this.source = new MediaSource();
    this.address = URL.createObjectURL(this.source);
    this.element.src = this.address;
    this.source.addEventListener("sourceopen", () => {
      if (this.buffer || this.source.readyState !== "open") return;
      try {
        this.buffer = this.source.addSourceBuffer(mime);
      } catch {
        return this.broken(); // a codec that this browser does not have
      }
      this.buffer.addEventListener("updateend", () => this.pump());
      this.pump();
    });
  }

  /** @param {ArrayBuffer} bytes */
  push(bytes) {
    this.queue.push(bytes);
    if (this.queue.length > 600) this.broken();
    else this.pump();
  }

  pump() {
    const buffer = this.buffer;
    if (!buffer || buffer.updating || this.source.readyState !== "open") return;
    const ranges = buffer.buffered;
    const played = this.element.currentTime - (ranges.length ? ranges.start(0) : 0);
    try {
      if (played > 2 * KEEP) buffer.remove(0, this.element.currentTime - KEEP);
      else if (this.queue.length) {
        buffer.appendBuffer(this.queue[0]);
        this.queue.shift(); // only now: when the buffer is full the piece is tried again
      }
    } catch (error) {
      if (error instanceof DOMException && error.name === "QuotaExceededError" && played > 2)
        buffer.remove(0, this.element.currentTime - 1);
      else this.broken();
    }
  }

  /** Keeps the playing position at the live edge. */
  tick() {
    const ranges = this.element.buffered;
    if (!ranges.length) return;
    const start = ranges.start(ranges.length - 1);
    const end = ranges.end(ranges.length - 1);
    const behind = end - this.element.currentTime;
    if (behind > BEHIND_AT_MOST + this.pace || this.element.currentTime < start) {
      this.element.currentTime = Math.max(start, end - 0.2 - this.pace);
    }
    this.element.playbackRate = behind > 0.6 + this.pace ? 1.1 : 1;
    if (this.element.paused) this.element.play().catch(() => {}); // a hidden tab may be paused; the next tick tries again
    const now = performance.now();
    if (this.element.currentTime !== this.shown.time) this.shown = { time: this.element.currentTime, at: now };
    else if (!document.hidden && behind > 0.5 && now - this.shown.at > STUCK) this.broken();
  }

  broken() {
    const tell = this.onBroken;
    this.onBroken = null;
    if (tell) tell();
  }

  close() {
    this.onBroken = null;
    this.element.removeAttribute("src");
    this.element.load();
    URL.revokeObjectURL(this.address);
    this.element.remove();
  }
}

/** JPEG pictures on a canvas; one that comes while the last is being decoded replaces those that wait. */
class Stills {
  /** @type {ArrayBuffer | null} */
  waiting = null;

  /** @param {Element} parent @param {string} label */
  constructor(parent, label) {
    this.element = element("canvas", "camera-picture", parent);
    this.element.setAttribute("role", "img");
    this.element.setAttribute("aria-label", label);
    this.drawing = false;
  }

  /** @param {ArrayBuffer} bytes */
  async push(bytes) {
    this.waiting = bytes;
    if (this.drawing) return;
    this.drawing = true;
    while (this.waiting) {
      const picture = new Blob([this.waiting], { type: "image/jpeg" });
      this.waiting = null;
      try {
        const bitmap = await createImageBitmap(picture);
        this.element.width = bitmap.width;
        this.element.height = bitmap.height;
        this.element.getContext("2d")?.drawImage(bitmap, 0, 0);
        bitmap.close();
      } catch {
        /* a torn picture: the next one follows */
      }
    }
    this.drawing = false;
  }

  tick() {}

  close() {
    this.waiting = null;
    this.element.remove();
  }
}

/**
 * Shows camera `cameraId` in `parent`; `wsUrl` is the gateway's socket without the camera (ws:, http: or relative).
 * Returns {close()}. `name`: what the tile is called; `about`: words before it.
 * @param {Element} parent
 * @param {string} cameraId
 * @param {string} wsUrl
 * @param {{ name?: string, about?: string[] }} options
 */
export function mountCamera(parent, cameraId, wsUrl, { name = "", about = [] } = {}) {
  const url = new URL(wsUrl, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("camera", cameraId);

  const tile = element("figure", "camera", parent);
  const stage = element("div", "camera-stage", tile);
  const bar = element("figcaption", "camera-bar", tile);
  const title = element("span", "camera-name", bar);
  for (const said of about) {
    element("span", "", title).textContent = said;
    title.append(" · ");
  }
  Object.assign(element("span", "", title), { textContent: name || cameraId, translate: false });
  const badge = element("span", "camera-badge", bar);
  badge.setAttribute("role", "status");
  const note = element("div", "camera-note", stage);
  const last = element("p", "", note),
    why = element("p", "", note);

  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {Stills | Video | null} */
  let player = null;
  let closed = false,
    failures = 0,
    retry = 0;
  /** @type {number | null} */
  let pictured = null; // by a clock that nobody can set
  const word = heard();
  /** @type {Status} */
  let status = { state: "connecting", why: null };

  const show = () => {
    if (tile.dataset.state !== status.state) {
      tile.dataset.state = status.state;
      badge.textContent = t(`tile.${status.state}`);
    }
    const lost = status.state === "frozen" || status.state === "unreachable";
    const ago = (performance.now() - (pictured ?? 0)) / 1000;
    write(
      last,
      !lost ? "" : pictured === null ? t("tile.never_seen") : t("tile.last_picture", { at: clock(Date.now() / 1000 - ago), ago }),
    );
    write(why, status.state === "live" ? "" : say(status.why));
    note.hidden = !last.textContent && !why.textContent;
  };

  /** `code`: why the picture is not of now, as this page itself knows it.
   * @param {string} code */
  const restart = (code) => {
    // what is on the screen is no longer known to be of now
    status = { ...status, state: pictured === null ? "connecting" : "frozen", why: { code } };
    show();
    const old = socket;
    socket = null;
    old?.close();
    clearTimeout(retry);
    retry = setTimeout(connect, Math.min(RETRY_AT_MOST, 300 * 2 ** failures++));
  };

  const message = (/** @type {Kind | Status} */ said) => {
    if ("mime" in said) {
      player?.close();
      const label = t("tile.picture", { name: name || cameraId });
      player = said.mime === "image/jpeg" ? new Stills(stage, label) : new Video(stage, label, said, () => restart("tile.decode"));
    } else if (said.state) {
      status = said;
      pictured = typeof said.age === "number" ? performance.now() - said.age * 1000 : null;
      if (said.state === "live") failures = 0;
      show();
    }
  };

  const connect = () => {
    if (closed) return;
    word.touch();
    const mine = new WebSocket(url);
    socket = mine;
    mine.binaryType = "arraybuffer";
    mine.onmessage = (event) => {
      if (socket !== mine) return;
      if (word.age() > SILENCE) return restart("tile.console"); // it was under way while this tab slept or the server hung
      word.touch();
      if (typeof event.data === "string") return message(JSON.parse(event.data));
      if (status.state === "live") pictured = performance.now();
      player?.push(event.data);
    };
    mine.onclose = (event) => {
      if (socket !== mine) return;
      if (event.code === 4403 || event.code === 4404) {
        socket = null;
        player?.close();
        player = null;
        status = { state: "refused", why: { code: event.code === 4403 ? "tile.forbidden" : "tile.unknown" } };
        show();
      } else {
        restart("tile.console");
      }
    };
  };

  const ticking = setInterval(() => {
    player?.tick();
    if (socket && word.age() > SILENCE) restart("tile.console");
    if (status.state === "frozen" || status.state === "unreachable") show(); // the picture grows older
  }, 250);

  show();
  connect();
  return {
    close() {
      closed = true;
      clearInterval(ticking);
      clearTimeout(retry);
      const old = socket;
      socket = null;
      old?.close();
      player?.close();
      tile.remove();
    },
  };
}

/**
 * What `camera` {lat, lon, heading, fov, range_m} can see: a polygon [[lat, lon], …] in degrees, not closed.
 * `heading` and `fov` in degrees, north 0, clockwise; `range_m` in metres. A fov of 360 gives a circle.
 * @param {Spot & { heading?: number, fov?: number, range_m?: number }} camera
 */
export function fieldOfView({ lat, lon, heading = 0, fov = 360, range_m: range = 100 }) {
  const round = fov >= 360;
  const steps = Math.max(2, Math.ceil(fov / 10));
  /** @type {[number, number][]} */
  const points = round ? [] : [[lat, lon]];
  for (let i = 0; i <= steps - (round ? 1 : 0); i++) {
    const bearing = ((heading - fov / 2 + (fov * i) / steps) * Math.PI) / 180;
    const north = (range * Math.cos(bearing)) / DEGREE_M;
    const east = (range * Math.sin(bearing)) / (DEGREE_M * Math.cos((lat * Math.PI) / 180));
    points.push([lat + north, lon + east]);
  }
  return points;
}
