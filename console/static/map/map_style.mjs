// How the tiles are painted: a quiet map, streets by their rank, and names that can be read at night. The layers are
// those of routing/tiles/layers.py; zooms are those of the screen.
import { css } from "./boxes.mjs";

/** @typedef {import("protomaps-leaflet").Filter} Filter
 * @typedef {import("protomaps-leaflet").PaintRule} PaintRule
 * @typedef {import("protomaps-leaflet").LabelRule} LabelRule
 * @typedef {import("protomaps-leaflet").LabelSymbolizer} LabelSymbolizer
 * @typedef {Parameters<LabelSymbolizer["place"]>[1][number][number]} Point
 * @typedef {[zoom: number, pixels: number][]} Stops
 * @typedef {{ weight?: number, room?: number, textTransform?: "uppercase" }} Lettering */

const P = protomapsL;
/** Straight lines between.
 * @type {Record<string, Stops>} */
const WIDTHS = {
  primary: [
    [7, 1],
    [11, 1.6],
    [13, 3],
    [15, 6],
    [17, 12],
    [19, 26],
  ],
  secondary: [
    [10, 0.7],
    [12, 1.4],
    [14, 3.2],
    [16, 7],
    [18, 15],
    [19, 22],
  ],
  residential: [
    [13, 0.7],
    [14, 1.2],
    [15, 2.6],
    [16, 4.6],
    [17, 8],
    [19, 18],
  ],
  minor: [
    [14, 0.5],
    [15, 1.1],
    [16, 2.4],
    [17, 4.5],
    [19, 11],
  ],
  lane: [
    [14, 0.5],
    [15, 1],
    [16, 1.8],
    [17, 3.2],
    [19, 7],
  ],
  path: [
    [15, 0.7],
    [17, 1.1],
    [19, 2],
  ],
};
const BIG = new Set(["harbour", "hospital", "airport", "island"]);
const KNOWN = new Set([
  "water",
  "government",
  "market",
  "landmark",
  "school",
  "clinic",
  "park",
  "beach",
  "transport",
  "mosque",
  "church",
  "temple",
  "sport",
]);

/** Whether something of the tiles is one of these kinds.
 * @type {(...kinds: string[]) => Filter} */
const is =
  (...kinds) =>
  (zoom, { props }) =>
    kinds.includes(`${props.kind}`);
/** @type {(kind: string, minor?: boolean) => Filter} */
const road =
  (kind, minor = false) =>
  (zoom, { props }) =>
    props.class === kind && Boolean(props.minor) === minor;

/** @type {(dataLayer: string, fill: string, more?: Partial<PaintRule>) => PaintRule} */
const area = (dataLayer, fill, more = {}) => ({ dataLayer, symbolizer: new P.PolygonSymbolizer({ fill: css(fill) }), ...more });
/** @typedef {ConstructorParameters<typeof protomapsL.LineSymbolizer>[0]} Stroke */
/** @type {(dataLayer: string, color: string, width: number | Stops, filter?: Filter, more?: { minzoom?: number, line?: Partial<Stroke> }) => PaintRule} */
const line = (dataLayer, color, width, filter, more = {}) => ({
  dataLayer,
  filter,
  symbolizer: new P.LineSymbolizer({
    color: css(color),
    width: Array.isArray(width) ? P.linear(width) : width,
    lineCap: "round",
    lineJoin: "round",
    ...more.line,
  }),
  minzoom: more.minzoom,
});
/** @type {(stops: Stops) => Stops} */
const wider = (stops) => stops.map(([zoom, width]) => [zoom, width + (zoom < 15 ? 0.9 : 1.6)]);

/** @returns {PaintRule[]} */
export function paintRules() {
  /** @type {(kind: string, color: string, minor?: boolean) => PaintRule} */
  const street = (kind, color, minor) => line("roads", color, WIDTHS[minor ? "minor" : kind], road(kind, minor));
  /** @type {(kind: string, minor?: boolean) => PaintRule} */
  const casing = (kind, minor) =>
    line("roads", "--road-casing", wider(WIDTHS[minor ? "minor" : kind]), road(kind, minor), { minzoom: kind === "primary" ? 11 : 13 });
  return [
    area("sea", "--sea"),
    area("land", "--land"),
    area("ground", "--map-built", { filter: is("built") }),
    area("ground", "--map-green", { filter: is("green") }),
    line("coast", "--map-coast", [
      [8, 0.6],
      [14, 1],
      [18, 2],
    ]),
    area("ground", "--map-building", { filter: is("building"), minzoom: 15 }),
    line("borders", "--map-border", 0.9, (zoom, { props }) => props.kind !== "kecamatan" && props.kind !== "centre" && zoom >= 14, {
      line: { dash: [1, 4] },
    }),
    line("borders", "--map-border", 1.4, is("kecamatan"), { line: { dash: [5, 4, 1, 4] } }),
    line("borders", "--warn", 2.5, is("centre"), { line: { dash: [10, 7], lineCap: "butt", opacity: 0.7 } }),
    line("roads", "--map-path", WIDTHS.path, road("path"), { minzoom: 15, line: { dash: [3, 3], lineCap: "butt" } }),
    casing("lane"),
    casing("residential", true),
    casing("residential"),
    casing("secondary"),
    casing("primary"),
    street("lane", "--road-small"),
    street("residential", "--road-small", true),
    street("residential", "--road-small"),
    street("secondary", "--road"),
    street("primary", "--road-main"),
    line(
      "roads",
      "--map-boat",
      [
        [9, 1],
        [14, 1.6],
      ],
      road("boat"),
      { line: { dash: [2, 6] } },
    ),
    { dataLayer: "roads", minzoom: 16, filter: (zoom, { props }) => !!props.oneway, symbolizer: new Arrows(css("--road-arrow")) },
  ];
}

/** @returns {LabelRule[]} */
export function labelRules() {
  const family = css("--font"),
    halo = css("--map-halo");
  /** @param {number} size @param {string} color @param {Lettering} more */
  const text = (size, color, more = {}) => ({
    fill: css(color),
    stroke: halo,
    width: 1.8,
    font: `${more.weight ?? 400} ${size}px ${family}`,
    ...more,
  });
  /** @type {(filter: Filter, minzoom: number, size: number, color?: string, more?: Lettering) => LabelRule} */
  const along = (filter, minzoom, size, color = "--map-label", more = {}) => ({
    dataLayer: "roads",
    filter: (zoom, feature) => !!feature.props.name && filter(zoom, feature),
    minzoom,
    symbolizer: new Straightened({ ...text(size, color, more), width: 3.2, position: 2, repeatDistance: 380, ...more }),
  });
  /** @type {(filter: Filter, minzoom: number, size: number, color: string, more?: Lettering) => LabelRule} */
  const spot = (filter, minzoom, size, color, more = {}) => ({
    dataLayer: "places",
    filter,
    minzoom,
    symbolizer: new P.Padding(
      more.room ?? 3,
      new P.GroupSymbolizer([
        new P.CircleSymbolizer({ radius: 2.5, fill: css(color), stroke: halo, width: 1.5 }),
        new P.OffsetTextSymbolizer({
          ...text(size, color, more),
          labelProps: ["name"],
          offsetX: 6,
          offsetY: 0,
          placements: [3],
          maxLineChars: 60,
        }),
      ]),
    ),
  });
  /** @type {(dataLayer: string, filter: Filter, minzoom: number, maxzoom: number, size: number, color: string, more?: Lettering) => LabelRule} */
  const centred = (dataLayer, filter, minzoom, maxzoom, size, color, more = {}) => ({
    dataLayer,
    filter,
    minzoom,
    maxzoom,
    symbolizer: new P.CenteredTextSymbolizer({
      ...text(size, color, more),
      labelProps: ["name"],
      maxLineChars: 16,
      lineHeight: 1.15,
      ...more,
    }),
  });
  return [
    centred("areas", is("kecamatan", "centre"), 9, 13, 13, "--map-label", { weight: 600, textTransform: "uppercase" }),
    spot((zoom, { props }) => BIG.has(`${props.kind}`), 12, 12, "--map-place", { weight: 600 }),
    along(road("primary"), 13, 12, "--map-label", { weight: 600 }),
    {
      dataLayer: "places",
      minzoom: 12,
      filter: is("km"),
      symbolizer: new P.ShieldSymbolizer({
        font: `700 10px ${family}`,
        fill: css("--map-post-ink"),
        background: css("--map-post"),
        padding: 3,
        labelProps: ["name"],
      }),
    },
    along(road("secondary"), 14, 11),
    centred("areas", (zoom, { props }) => props.kind !== "kecamatan" && props.kind !== "centre", 11, 16, 12, "--map-label", {
      weight: 600,
    }),
    centred("places", is("quarter"), 14, 18, 11, "--map-soft", { weight: 600 }),
    along(road("residential"), 15, 10.5),
    along(road("residential", true), 16, 10),
    along(road("lane"), 16, 10),
    along(road("boat"), 13, 10.5, "--map-boat"),
    spot((zoom, { props }) => KNOWN.has(`${props.kind}`), 16, 11, "--map-place", { room: 9 }),
    along(road("path"), 17, 10, "--map-soft"),
    spot(
      (zoom, { props }) => !BIG.has(`${props.kind}`) && !KNOWN.has(`${props.kind}`) && props.kind !== "km" && props.kind !== "quarter",
      17,
      10.5,
      "--map-soft",
      { room: 7 },
    ),
    {
      dataLayer: "addresses",
      minzoom: 18,
      symbolizer: new P.CenteredTextSymbolizer({ ...text(10, "--map-soft"), labelProps: ["number"] }),
    },
  ];
}

// Names along streets that bend a little, as most do: written along the line without its small bends.
class Straightened extends P.LineLabelSymbolizer {
  /** @type {InstanceType<typeof protomapsL.LineLabelSymbolizer>["place"]} */
  place(layout, geom, feature) {
    return super.place(
      layout,
      geom.map((points) => straightened(points, 3)),
      feature,
    );
  }
}

/** Without the points that lie less than `off` pixels beside the line between those kept (Douglas and Peucker).
 * @param {Point[]} points @param {number} off
 * @returns {Point[]} */
function straightened(points, off) {
  const a = points[0],
    b = points[points.length - 1],
    length = a.dist(b);
  let furthest = 0,
    at = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const p = points[i];
    const beside = length ? Math.abs((b.x - a.x) * (a.y - p.y) - (a.x - p.x) * (b.y - a.y)) / length : a.dist(p);
    if (beside > furthest) [furthest, at] = [beside, i];
  }
  if (furthest <= off) return points.length > 1 ? [a, b] : points;
  return [...straightened(points.slice(0, at + 1), off), ...straightened(points.slice(at), off).slice(1)];
}

// Arrows along one-way streets.
class Arrows {
  /** @param {string} color */
  constructor(color) {
    this.color = color;
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Point[][]} geom */
  draw(ctx, geom) {
    ctx.globalAlpha = 1;
    ctx.strokeStyle = this.color;
    ctx.lineWidth = 1.2;
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.beginPath();
    for (const points of geom) {
      let ahead = 30;
      for (let i = 1; i < points.length; i++) {
        const a = points[i - 1],
          b = points[i],
          length = a.dist(b);
        for (; ahead <= length; ahead += 80)
          this.#arrow(ctx, a.x + ((b.x - a.x) * ahead) / length, a.y + ((b.y - a.y) * ahead) / length, Math.atan2(b.y - a.y, b.x - a.x));
        ahead -= length;
      }
    }
    ctx.stroke();
  }

  /** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} angle */
  #arrow(ctx, x, y, angle) {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const go = (/** @type {"moveTo" | "lineTo"} */ how, /** @type {number} */ along, /** @type {number} */ aside) =>
      ctx[how](x + along * c - aside * s, y + along * s + aside * c);
    go("moveTo", -4, 0);
    go("lineTo", 4, 0);
    go("moveTo", 1.5, -2.2);
    go("lineTo", 4, 0);
    go("lineTo", 1.5, 2.2);
  }
}
