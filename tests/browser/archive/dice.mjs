// Chance that comes out the same every time.

/** Dice from a seed (mulberry32): `roll()` in [0, 1), and what is made of it. */
export function dice(seed) {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (end) => Math.floor(roll() * end);
  const between = (first, last) => first + below(last - first + 1);
  const one = (list) => list[below(list.length)];
  /** As `one`, but the first of a list far more often than the last, as in life. */
  const usual = (list) => list[Math.floor(roll() ** 1.8 * list.length)];
  const some = (list, count) => {
    const left = [...list];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)[0]);
  };
  return { roll, below, between, one, usual, some, chance: (share) => roll() < share };
}
