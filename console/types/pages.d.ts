// What the pages keep that is not the API's.

/** Names of one thing in several languages: language → name. */
type Names = Record<string, string>;

interface Language {
  id: string;
  name: string;
  locale: string;
}

/** What console/pages/pages.py writes into a page. */
interface PageFacts {
  lang: string;
  languages: Language[];
  demo: boolean;
  city: Names;
  note: Names;
  /** Of each language the digest of the words that are in force. */
  words: Record<string, string>;
  name: string;
  role: string;
  unit: string;
  /** What the page's user may do: commands by their names, other pages; `roles`: which accounts an admin can make. */
  may: { commands: string[]; pages: string[]; roles: string[] };
}

/** What fills the blanks of a text. */
type Param = string | number | boolean | null | undefined | { code: string; params?: Params } | readonly Param[];
type Params = { [name: string]: Param };
/** Says a text of the catalogue. */
type Say = (code: string, params?: Params) => string;

/** What the feed tells its listeners of a message: the board is new, an entry came, fixes, drafts, or none of these. */
interface News extends Partial<Api.EntryTold> {
  whole?: boolean;
  fixes?: Record<string, Api.Fix>;
  drafts?: Api.DraftsTold;
}

/** How long ago somebody was heard (heard.mjs). */
interface Heard {
  touch(): void;
  age(): number;
}

/** What stands between the tags of a component in a template. */
type Children = import("preact").ComponentChildren;

type FieldNames<E> = E extends unknown ? keyof E : never;
type FieldType<E, K> = E extends unknown ? (K extends keyof E ? Exclude<E[K], undefined> : never) : never;
/** The names of all fields that events have. */
type EventField = FieldNames<Api.Event>;
/** Whatever such a field may have in one event or another. */
type EventValue<K extends EventField> = FieldType<Api.Event, K>;

interface Spot {
  lat: number;
  lon: number;
}

/** The words of a draft, every one of them. */
type FullWords = Required<Api.GivenWords>;

/** A draft as a page has it, see drafts.mjs. */
interface Draft {
  id: string;
  about: Api.GivenAbout;
  key: string;
  words: FullWords;
  user: string;
  began: number;
  caller: string;
  known: FullWords | null;
  sent: FullWords | null;
  told: FullWords | null;
  tried: string;
  rev: number;
  incident: string;
  discarded: number;
  touched: boolean;
  kept: number;
  trouble: string;
  sending: number;
  busy: boolean;
  timer: number | null;
  waits?: Api.Draft | null;
  /** What was typed and is no place that was found. */
  typed?: string;
}

/** Where a unit was last seen (sighted.mjs). */
interface Sighted extends Spot {
  at: number;
  age: number;
  old: boolean;
  doubt: string;
  heading: number | null;
}

/** A place that was clicked or found and not sent yet. */
interface Moved {
  location: Api.GivenLocation;
  address: string;
  said?: string;
}

/** What the console and the supervisor's page have in front of them (store.mjs). */
interface Ui {
  city: Api.CityNow | null;
  incident: string;
  call: string;
  form: string;
  moved: Record<string, Moved>;
  keys: boolean;
  problem: string;
  unsent: boolean;
  reasonFor: string;
  phone: Api.PhonePassword | null;
  map: import("../static/map/map.mjs").CityMap | null;
  box: string;
  me: string;
  /** Where callers are, in words, by their calls. */
  words: Record<string, string>;
  closing: Drawing | null;
  view: "map" | "list";
  panel: string;
  tab: string;
  later?: boolean;
  duty?: boolean;
  figures?: Api.QueuesNow | null;
  figuresOld?: boolean;
}

/** What stands on the map at a place: a call, an incident, a draft, what a neighbour told. */
interface MapSpot extends Spot {
  kind: string;
  label: string;
  chosen?: boolean;
  radius?: number;
  ring?: [number, number][];
}

/** One observation of a call on the map. */
interface TrailPoint extends Spot {
  best: boolean;
  doubted: boolean;
}

/** A closure with what is written beside it. */
type LabelledClosure = Api.Closure & { label: string };
/** Pieces of street by the closure that stops them; each a list of (lat, lon). */
type ClosedLines = Record<string, [number, number][][]>;

/** What is being drawn to close a street (closing.mjs). */
interface Drawing {
  shape: Api.Drawn["shape"];
  points: [number, number][];
  radius: number;
  stops: Api.Closure["stops"];
  why: string;
  until: "hour" | "evening" | "lifted";
  named: Api.Hit | null;
  part: boolean;
  text: string;
  found: Api.Preview | null;
  problem: string;
}
/** The part of it that the map draws. */
type Sketch = Pick<Drawing, "shape" | "points" | "radius"> & { lines: [number, number][][] };

/** A box on the screen, in pixels. */
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The city's own files, as /api/v1/map/plain has them. */
interface PlainLayers {
  land: GeoJSON.FeatureCollection;
  boundaries: GeoJSON.FeatureCollection;
  roads: GeoJSON.FeatureCollection<GeoJSON.LineString, { class: string; name?: string }>;
  places: GeoJSON.FeatureCollection<GeoJSON.Point, { kind: string; name: string }>;
}

/** A party of a call that is no longer in it. */
interface Departed {
  party: string;
  label: string;
  why: Api.Text | null | undefined;
  at: number;
}

type CrewCommand = "Acknowledge" | "ReportProgress" | "SetUnitStatus" | "AddNote";
/** A report of a crew that waits to be sent (outbox.mjs). */
interface CrewReport {
  name: CrewCommand;
  fields: Partial<Api.FieldsOf<"ReportProgress"> & Api.FieldsOf<"SetUnitStatus"> & Api.FieldsOf<"AddNote">>;
  key: string;
  at: number | null;
  since: number;
  clock: number;
  page: number;
}

/** What console/pages/caller_page.py writes into a caller's page. */
interface CallerFacts extends Api.PageState {
  lang: string;
  languages: Language[];
  base: string;
  city: Names;
  photos: number;
  texts: Record<string, Record<string, string>>;
}

/** What a caller's page may tell the room. */
type CallerPost = "consent" | "line" | "opened" | "place";
type CallerBody<W extends CallerPost> = `POST /l/{key}/${W}` extends infer R
  ? R extends keyof Api.Bodies
    ? Api.Bodies[R]
    : undefined
  : never;

/** What a caller's page is built of. */
type CallerParts = Record<
  | "ask"
  | "asks"
  | "asksHow"
  | "asksTitle"
  | "chat"
  | "chatTitle"
  | "dot"
  | "file"
  | "gone"
  | "goneHow"
  | "goneTitle"
  | "law"
  | "lines"
  | "photoLabel"
  | "photoNote"
  | "photos"
  | "place"
  | "resume"
  | "shots"
  | "silent"
  | "silentDo"
  | "silentFor"
  | "stop"
  | "when"
  | "where",
  HTMLElement
> &
  Record<"only" | "send" | "start", HTMLButtonElement> & { text: HTMLTextAreaElement; progress: HTMLProgressElement };
