// Shows text of users literally, so that it cannot pass for something else.

import { html } from 'lit-html';

// Control characters except tab and line feed, zero-width characters, and characters that change the direction of text.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The text with a token such as ⟨U+202E⟩ in place of each invisible character. */
export const seen = (text) =>
  String(text ?? '').replace(HIDDEN, (one) => `⟨U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);

/** The same, isolated from the text direction of its surroundings. */
export const foreign = (text) => html`<bdi>${seen(text)}</bdi>`;
