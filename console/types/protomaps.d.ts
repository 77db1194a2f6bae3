// The global that /npm/protomaps-leaflet/dist/protomaps-leaflet.js makes.
declare const protomapsL: typeof import("protomaps-leaflet");
