// The page on a caller's telephone: asks, then sends places, photos and written lines. Written for old browsers and
// slow networks: no library, nothing newer than 2018, everything that was not taken is tried again.
import { away } from "./shared/earth.mjs";
import { heard } from "./shared/heard.mjs";
/** What the template has, and so must be there. @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const page = /** @type {CallerFacts} */ (JSON.parse(byId("page").textContent || ""));
const AGAIN = 3000;
const ANSWER = 20000; // an answer that takes longer is asked for again
const SILENT = 6; // s without a word of the centre, which says something every two
const PATIENT = 30; // s between tries, at most
const GAP = 1200; // the room takes a place a second
const STILL = 15000; // somebody who stands still is sent so often
const LARGEST = 1600; // pixels of a photo's longer side
const MAX_WAITING = 50;
let lang = page.lang;
const { open, asks, consents, lines, sent } = page;
let state = /** @type {Api.PageState} */ ({ open, asks, consents, lines, sent });
const el = /** @type {CallerParts} */ ({});
const pending = /** @type {Api.PageLine[]} */ ([]); // written lines that are on their way
const places = /** @type {{ key: string, place: Api.PhoneFix }[]} */ ([]);
let watch = /** @type {number | null} */ (null),
  gps = /** @type {keyof typeof WHERE | "on"} */ ("off"),
  accuracy = 0,
  seen = 0,
  last = /** @type {(Spot & { accuracy: number, timestamp: number }) | null} */ (null),
  pumping = false;

/** @type {(key: string, values?: Record<string, string | number>) => string} */
const t = (key, values) =>
  (page.texts[lang][key] || key).replace(/\{(\w+)\}/g, (_, name) => (values && name in values ? `${values[name]}` : ""));
const clock = (/** @type {number} */ at) =>
  new Date(at * 1000).toLocaleTimeString(spoken().locale, { hour: "2-digit", minute: "2-digit" }).replace(".", ":");
const spoken = () => page.languages.filter((each) => each.id === lang)[0];
const next = () => page.languages[(page.languages.indexOf(spoken()) + 1) % page.languages.length];
const wait = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/** @type {<N extends keyof HTMLElementTagNameMap>(tag: N, attributes?: Record<string, string | ((event: never) => void)>, children?: HTMLElement[]) => HTMLElementTagNameMap[N]} */
function make(tag, attributes, children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value !== "string") node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value);
  }
  for (const child of children || []) node.appendChild(child);
  return node;
}

/** `since`: when it happened, by this telephone's clock; its age is right even where that clock is wrong.
 * @param {string} kind @param {number} since @param {string} key */
function headersOf(kind, since, key) {
  const ago = since ? (Date.now() - since) / 1000 : 0,
    headers = /** @type {Record<string, string>} */ ({ "Content-Type": kind, "Idempotency-Key": key });
  if (ago > 0) headers["Happened-Ago"] = ago.toFixed(3);
  return headers;
}

/** 0: the network is away, so that it is worth trying again; else the HTTP status.
 * @type {<W extends CallerPost>(what: W, body: CallerBody<W>, key: string, since?: number) => Promise<number>} */
async function post(what, body, key, since = 0) {
  const stop = typeof AbortController === "function" ? new AbortController() : null; // a server that hangs never answers
  const late = setTimeout(() => {
    if (stop) stop.abort();
  }, ANSWER);
  try {
    const headers = headersOf("application/json", since, key);
    const answer = await fetch(`${page.base}/${what}`, {
      method: "POST",
      credentials: "same-origin",
      headers,
      body: JSON.stringify(body || {}),
      signal: stop ? stop.signal : undefined,
    });
    if (answer.status === 410 || answer.status === 404) closed();
    return answer.status;
  } catch (wrong) {
    return 0;
  } finally {
    clearTimeout(late);
  }
}

// Sent again under its key it is taken once, also when only the answer was lost.
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)))
    .map((byte) => `0${byte.toString(16)}`.slice(-2))
    .join("");

/** @type {<W extends CallerPost>(what: W, body: CallerBody<W>, since?: number) => Promise<boolean>} */
async function surely(what, body, since = 0) {
  const key = newKey();
  for (;;) {
    const status = await post(what, body, key, since);
    if (status && status !== 429 && status !== 503) return status === 200;
    await wait(AGAIN);
  }
}

async function agree(/** @type {Api.Agreed["what"]} */ what, /** @type {boolean} */ given) {
  if (await surely("consent", { what, given })) {
    state.consents = state.consents.filter((each) => each !== what).concat(given ? [what] : []);
    draw();
    return true;
  }
  return false;
}
const agreed = (/** @type {Api.Agreed["what"]} */ what) => state.consents.indexOf(what) >= 0;

// -- places
async function startPlaces() {
  if (!("geolocation" in navigator) || !window.isSecureContext) {
    gps = "none";
    draw();
    return;
  }
  gps = "asking";
  draw();
  if (!agreed("chat")) agree("chat", true);
  if (!agreed("location") && !(await agree("location", true))) return;
  follow();
}

function follow() {
  if (watch !== null) return;
  gps = "asking";
  watch = navigator.geolocation.watchPosition(noted, failed, { enableHighAccuracy: true, maximumAge: 5000, timeout: 30000 });
  draw();
}

function noted(/** @type {GeolocationPosition} */ position) {
  const c = position.coords;
  const at = position.timestamp / 1000;
  accuracy = Math.max(1, Math.round(c.accuracy));
  gps = "on";
  const here = { lat: c.latitude, lon: c.longitude };
  if (last) {
    const moved = away(last, here);
    const better = c.accuracy < last.accuracy * 0.7;
    if (!better && moved < Math.max(10, c.accuracy / 2) && position.timestamp - last.timestamp < STILL) {
      draw();
      return;
    }
  }
  last = Object.assign({ accuracy: c.accuracy, timestamp: position.timestamp }, here);
  places.push({ key: newKey(), place: { lat: here.lat, lon: here.lon, accuracy: c.accuracy, at, altitude: c.altitude } });
  if (places.length > MAX_WAITING) places.shift();
  draw();
  pump();
}

function failed(/** @type {GeolocationPositionError} */ error) {
  gps = error.code === 1 ? "denied" : "searching";
  if (error.code === 1) stopWatch();
  draw();
}

async function pump() {
  if (pumping) return;
  pumping = true;
  while (places.length && state.open && agreed("location")) {
    const first = places[0];
    const status = await post("place", first.place, first.key, first.place.at * 1000);
    if (status === 200) {
      seen = Date.now() / 1000;
      draw();
    }
    if (status && status !== 429 && status !== 503 && places[0] === first) places.shift();
    await wait(status === 200 ? GAP : AGAIN);
  }
  pumping = false;
}

function stopWatch() {
  if (watch !== null) navigator.geolocation.clearWatch(watch);
  watch = last = null;
}

function stopPlaces() {
  stopWatch();
  places.length = 0;
  gps = "off";
  agree("location", false);
  draw();
}

// -- photos
async function takePhoto(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) {
  const files = Array.from(event.currentTarget.files || []);
  event.currentTarget.value = "";
  if (!files.length || (!agreed("photos") && !(await agree("photos", true)))) return;
  for (const file of files) await sendPhoto(file);
}

async function sendPhoto(/** @type {File} */ file) {
  const small = await resized(file);
  const shot = make("img", { alt: t("link.photo"), src: URL.createObjectURL(small) });
  el.shots.appendChild(shot);
  el.progress.hidden = false;
  const key = newKey(),
    taken = Date.now();
  for (;;) {
    const status = await upload(small, key, taken);
    if (status === 200) {
      state.sent += 1;
      break;
    }
    if (status && status !== 429 && status !== 503) {
      shot.className = "failed";
      el.photoNote.textContent = t("link.photo_failed");
      break;
    }
    await wait(AGAIN);
  }
  el.progress.hidden = true;
  draw();
}

/** @type {(blob: Blob, key: string, taken: number) => Promise<number>} */
function upload(blob, key, taken) {
  return new Promise((done) => {
    const request = new XMLHttpRequest(),
      begun = Date.now();
    request.open("POST", `${page.base}/photo`);
    const headers = headersOf(blob.type || "image/jpeg", taken, key);
    for (const name of Object.keys(headers)) request.setRequestHeader(name, headers[name]);
    request.upload.onloadend = () => {
      request.timeout = Date.now() - begun + ANSWER;
    }; // sending may take long, answering not
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) el.progress.value = event.loaded / event.total;
    };
    request.onload = () => {
      if (request.status === 410) closed();
      done(request.status);
    };
    request.onerror = request.ontimeout = () => done(0);
    request.send(blob);
  });
}

/** A picture of 8 megapixels takes minutes on a slow network; what cannot be made smaller is sent as it is.
 * @type {(file: File) => Promise<Blob>} */
function resized(file) {
  return new Promise((done) => {
    const picture = new Image();
    picture.onerror = () => done(file);
    picture.onload = () => {
      const scale = Math.min(1, LARGEST / Math.max(picture.naturalWidth, picture.naturalHeight));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
      const pen = canvas.getContext("2d");
      if (!pen) return done(file);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => done(blob && blob.size < file.size ? blob : file), "image/jpeg", 0.8);
    };
    picture.src = URL.createObjectURL(file);
  });
}

// -- written lines
async function write(/** @type {SubmitEvent} */ event) {
  event.preventDefault();
  const text = el.text.value.trim();
  if (!text) return;
  el.text.value = "";
  const line = { text, at: Date.now() / 1000, mine: true };
  pending.push(line);
  draw();
  if (agreed("chat") || (await agree("chat", true))) {
    if (!(await surely("line", { text }, line.at * 1000))) el.text.value = [text, el.text.value].filter(Boolean).join("\n"); // beside what was typed since
  }
  pending.splice(pending.indexOf(line), 1);
  draw();
}

// -- the room's news
// Whether the centre is heard is the age of its last word: one that hangs breaks no connection.
const word = heard(),
  spoke = heard();
let source = /** @type {EventSource | null} */ (null),
  tries = 0,
  told = false;

function listen() {
  if (source) source.close();
  const mine = (source = new EventSource(`${page.base}/events`));
  spoke.touch();
  tries += 1;
  const arrived = () => {
    word.touch();
    spoke.touch();
    tries = 0;
    look();
  };
  mine.addEventListener("beat", () => {
    if (mine === source) arrived();
  });
  mine.addEventListener("state", (event) => {
    if (mine !== source) return;
    state = JSON.parse(event.data);
    if (!state.open) {
      mine.close();
      closed();
    }
    arrived();
    draw();
  });
  mine.onerror = () => {
    if (mine === source) mine.close();
  };
}

function look() {
  if (!state.open) return;
  const broken = source && source.readyState === 2;
  if (spoke.age() > (broken ? AGAIN / 1000 : Math.min(PATIENT, SILENT * Math.max(1, tries)))) listen();
  const silent = word.age() > SILENT;
  if (silent) el.silentFor.textContent = t("link.silent", { s: Math.floor(word.age()) });
  if (silent !== told) {
    told = silent;
    draw();
  }
}

function closed() {
  state.open = false;
  stopWatch();
  draw();
}

// -- what is shown
function build() {
  const rest = byId("rest");
  const box = (/** @type {HTMLElement[]} */ ...children) => {
    const made = make("section", { class: "card" }, children);
    rest.appendChild(made);
    return made;
  };
  el.silent = box((el.silentFor = make("p")), (el.silentDo = make("p", { class: "soft" })));
  el.silent.className = "card bad";
  el.silent.id = "silent";
  el.silent.hidden = true;
  el.silentDo.setAttribute("role", "alert");
  el.gone = box((el.goneTitle = make("h1")), (el.goneHow = make("p")));
  el.gone.setAttribute("role", "alert");
  el.asks = box((el.asksTitle = make("h1")), (el.asksHow = make("p")));
  el.asks.setAttribute("role", "alert");
  el.law = make("p", { class: "soft" });
  el.start = make("button", { class: "go", id: "start", type: "button", onclick: startPlaces });
  el.only = make("button", { class: "wide", id: "only", type: "button", onclick: () => agree("chat", true) });
  el.ask = box(el.law, el.start, el.only);
  el.dot = make("span", { class: "dot", "aria-hidden": "true" });
  el.where = make("strong", { id: "where" });
  el.when = make("p", { class: "soft num" });
  el.stop = make("button", { class: "quiet wide", id: "stop", type: "button", onclick: stopPlaces });
  el.resume = make("button", { class: "go", id: "resume", type: "button", onclick: startPlaces });
  el.place = box(make("div", { class: "state", role: "status" }, [el.dot, make("div", {}, [el.where, el.when])]), el.resume, el.stop);
  el.lines = make("div", { class: "lines", role: "log", tabindex: "0" });
  el.text = make("textarea", { id: "text", maxlength: "1000" });
  el.send = make("button", { type: "submit", id: "send" });
  el.chatTitle = make("h2");
  el.chat = box(el.chatTitle, el.lines, make("form", { class: "write", onsubmit: write }, [el.text, el.send]));
  const input = make("input", { type: "file", accept: "image/*", capture: "environment", id: "photo", onchange: takePhoto });
  el.photoLabel = make("span");
  el.photoNote = make("p", { class: "soft" });
  el.progress = make("progress", { max: "1", value: "0" });
  el.progress.hidden = true;
  el.shots = make("div", { class: "shots" });
  el.file = make("label", { class: "file" }, [el.photoLabel, input]);
  el.photos = box(el.photoNote, el.file, el.progress, el.shots);
  const button = byId("lang");
  button.hidden = false;
  button.addEventListener("click", () => {
    lang = next().id;
    draw();
  });
}

const WHERE = { off: "link.off", asking: "link.asking", searching: "link.searching", denied: "link.denied", none: "link.no_gps" };

function draw() {
  const begun = state.consents.length > 0;
  const shut = !state.open || state.asks;
  el.silent.hidden = !told || !state.open;
  el.silentDo.textContent = t("link.silent_do");
  document.documentElement.lang = lang;
  Object.assign(byId("lang"), { textContent: next().name, lang: next().id });
  byId("city").textContent = page.city[lang];
  /** @type {HTMLElement} */ (document.querySelector(".call")).textContent = t("link.call");
  const why = byId("why");
  why.hidden = shut || begun;
  why.children[0].textContent = t("link.title");
  why.children[1].textContent = t("link.why", { city: page.city[lang] });
  el.gone.hidden = state.open;
  el.goneTitle.textContent = t("link.gone");
  el.goneHow.textContent = t("link.gone_how");
  el.asks.hidden = !state.open || !state.asks;
  el.asksTitle.textContent = t("link.asks");
  el.asksHow.textContent = t("link.asks_how");
  el.ask.hidden = begun || shut;
  el.place.hidden = el.photos.hidden = el.chat.hidden = !begun || shut;
  el.law.textContent = t("link.law", { city: page.city[lang] });
  el.start.textContent = t("link.start");
  el.start.disabled = gps === "asking";
  el.only.textContent = t("link.only");
  el.where.textContent = gps !== "on" ? t(WHERE[gps]) : seen ? t("link.seen", { m: accuracy }) : t("link.sending");
  el.when.textContent = places.length > 1 ? t("link.waiting", { n: places.length }) : seen ? t("link.last", { at: clock(seen) }) : "";
  el.dot.className = gps === "on" && seen && !told ? "dot" : gps === "off" || gps === "denied" || gps === "none" ? "dot off" : "dot wait";
  el.resume.hidden = gps !== "off" && gps !== "denied";
  el.resume.textContent = gps === "denied" ? t("link.again") : t("link.start");
  el.stop.hidden = watch === null;
  el.stop.textContent = t("link.stop");
  el.photoLabel.textContent = t("link.photo_take");
  if (!el.photoNote.textContent || !el.shots.querySelector(".failed"))
    el.photoNote.textContent = state.sent ? t("link.photo_sent", { n: state.sent }) : t("link.photo_why");
  el.file.hidden = state.sent >= page.photos;
  el.chatTitle.textContent = t("link.chat");
  el.text.setAttribute("placeholder", t("link.write"));
  el.text.setAttribute("aria-label", t("link.write"));
  el.send.textContent = t("link.send");
  el.lines.setAttribute("aria-label", t("link.chat"));
  const shown = state.lines.concat(pending);
  const bottom = el.lines.childElementCount !== shown.length;
  el.lines.textContent = "";
  for (const line of shown) {
    const who = line.mine ? t("link.you") : t("link.centre");
    const kind = `${line.mine ? "mine" : ""} ${pending.indexOf(line) >= 0 ? "waiting" : ""}`;
    el.lines.appendChild(
      make("p", { class: kind }, [
        make("small", { text: `${who} · ${clock(line.at)}` }),
        make("span", { text: line.text, translate: "no" }),
      ]),
    );
  }
  el.lines.hidden = !shown.length;
  if (bottom) el.lines.scrollTop = el.lines.scrollHeight;
}

build();
draw();
surely("opened", undefined);
listen();
setInterval(look, 1000);
document.addEventListener("visibilitychange", look);
if (agreed("location") && window.isSecureContext && "geolocation" in navigator) follow(); // the page was loaded again
