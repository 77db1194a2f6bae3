// How long ago somebody was heard. The clock that runs evenly stands still while a laptop sleeps, and the wall's clock
// may be set: whichever of them passed more time is believed, so that neither gives a false calm.
export function heard() {
  let even = performance.now(),
    wall = Date.now();
  return {
    touch() {
      even = performance.now();
      wall = Date.now();
    },
    /** Seconds. */
    age: () => Math.max(performance.now() - even, Date.now() - wall, 0) / 1000,
  };
}
