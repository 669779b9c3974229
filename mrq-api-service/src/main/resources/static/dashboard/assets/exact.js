// Reads JSON without loss: numbers in values of users keep every digit, and keys keep their order.

/** A number that JavaScript cannot hold exactly, such as 9007199254740993 or 10.10. */
export class Digits {
  constructor(text) {
    this.text = text;
  }

  valueOf() {
    return Number(this.text);
  }

  toString() {
    return this.text;
  }
}

/** Members of an answer that contain values of users; only there numbers can be {@link Digits}. */
const PEOPLES_OWN = new Set(['params', 'result']);
const ORDER = Symbol('order of keys');
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;
const WHOLE = /^\d+$/;
const WORDS = { t: ['true', true], f: ['false', false], n: ['null', null] };

/** The keys of an object in the order in which they were sent. */
export const keysOf = (value) => value[ORDER] ?? Object.keys(value);

/** Reads JSON. @param {string} text @param {boolean} own whether all of it are values of users */
export function parse(text, own = false) {
  const reader = new Reader(text);
  const value = reader.value(own);
  reader.space();
  if (reader.at !== text.length) {
    throw new SyntaxError(`JSON goes on at ${reader.at}`);
  }
  return value;
}

class Reader {
  at = 0;

  constructor(text) {
    this.text = text;
  }

  space() {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
    return this.text[this.at];
  }

  value(own) {
    const first = this.space();
    if (first === '{') {
      return this.object(own);
    }
    if (first === '[') {
      return this.list(own);
    }
    if (first === '"') {
      return this.string();
    }
    const [word, value] = WORDS[first] ?? [];
    if (word && this.text.startsWith(word, this.at)) {
      this.at += word.length;
      return value;
    }
    return this.number(own);
  }

  object(own) {
    const object = {};
    const order = [];
    for (let more = this.#open('}'); more; more = this.#next('}')) {
      this.space();
      const key = this.string();
      this.#expect(':');
      const value = this.value(own || PEOPLES_OWN.has(key));
      // Defined, not assigned, because a key may be called __proto__.
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      order.push(key);
    }
    // JavaScript puts keys that are whole numbers first, so the order is stored apart.
    if (order.some((key) => WHOLE.test(key))) {
      Object.defineProperty(object, ORDER, { value: [...new Set(order)] });
    }
    return object;
  }

  list(own) {
    const list = [];
    for (let more = this.#open(']'); more; more = this.#next(']')) {
      list.push(this.value(own));
    }
    return list;
  }

  string() {
    const from = this.at;
    let end = from;
    do {
      end = this.text.indexOf('"', end + 1);
    } while (end > 0 && this.#isEscaped(end));
    if (end < 0) {
      throw new SyntaxError(`JSON has a string without an end at ${from}`);
    }
    this.at = end + 1;
    return JSON.parse(this.text.slice(from, this.at));
  }

  #isEscaped(at) {
    let slashes = 0;
    while (this.text[at - 1 - slashes] === '\\') {
      slashes += 1;
    }
    return slashes % 2 === 1;
  }

  number(own) {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (!found) {
      throw new SyntaxError(`JSON has no value at ${this.at}`);
    }
    this.at = NUMBER.lastIndex;
    const number = Number(found[0]);
    return own && String(number) !== found[0] ? new Digits(found[0]) : number;
  }

  /** Whether another element comes before the closing bracket. */
  #open(close) {
    this.at += 1;
    if (this.space() === close) {
      this.at += 1;
      return false;
    }
    return true;
  }

  #next(close) {
    const sign = this.space();
    this.at += 1;
    if (sign !== ',' && sign !== close) {
      throw new SyntaxError(`JSON lacks a comma at ${this.at - 1}`);
    }
    return sign === ',';
  }

  #expect(sign) {
    if (this.space() !== sign) {
      throw new SyntaxError(`JSON lacks ${sign} at ${this.at}`);
    }
    this.at += 1;
  }
}

/** JSON text of a value, with every digit. @param {unknown} value @param {number} indent 0 for one line */
export function stringify(value, indent = 0) {
  return written(value, indent, '');
}

function written(value, indent, margin) {
  if (value instanceof Digits) {
    return value.text;
  }
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value) ?? 'null';
  }
  const inner = margin + ' '.repeat(indent);
  const list = Array.isArray(value);
  const parts = list
    ? value.map((one) => written(one, indent, inner))
    : keysOf(value)
        .filter((key) => value[key] !== undefined)
        .map((key) => `${JSON.stringify(key)}:${indent ? ' ' : ''}${written(value[key], indent, inner)}`);
  const [open, close] = list ? '[]' : '{}';
  if (parts.length === 0) {
    return open + close;
  }
  return indent ? `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}` : open + parts.join(',') + close;
}
