// Hostile text made visible: what a model, a tool or a plan says must not move a cursor, colour a line or hide itself.

// oxlint-disable-next-line no-control-regex -- these characters are what it is about
const CONTROL = /[\u0000-\u001f\u007f]/g;
const INVISIBLE =
  /[\u0080-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/**
 * One line of printable text. Control characters become their pictures (`␛`, `␊`, `␀`); C1 controls, bidirectional
 * marks, invisible characters and lone surrogates become `�`.
 */
export function visibleText(text: string): string {
  return text.replace(CONTROL, pictureOf).replace(INVISIBLE, '\ufffd');
}

function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
}
