// Small pictures: a screenshot has few colours, so a palette does.

import UPNG from "upng-js";

/** The same picture with at most `colours` colours. */
export function small(png, colours = 128) {
  const bytes = png.buffer.slice(png.byteOffset, png.byteOffset + png.byteLength);
  const picture = UPNG.decode(bytes);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(picture), picture.width, picture.height, colours));
}
