/** Characters of UTF-16 are at most so many bytes of UTF-8. */
const MAX_CHAR_BYTES = 3;

/** Gathers small pieces of bytes, which are handed on together; what is handed on is valid only while it is. */
export class Batch {
  readonly #room: Buffer;
  readonly #give: (bytes: Uint8Array) => void;
  #held = 0;

  /** Gathers in `room`, which is the batch's as long as it is in use. */
  constructor(room: Buffer, give: (bytes: Uint8Array) => void) {
    this.#room = room;
    this.#give = give;
  }

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + this.#room.length - this.#held);
      this.#room.set(part, this.#held);
      this.#held += part.length;
      at += part.length;
      if (this.#held === this.#room.length) this.flush();
    }
  }

  addText(text: string): void {
    const most = text.length * MAX_CHAR_BYTES;
    if (this.#held + most > this.#room.length) this.flush();
    if (most > this.#room.length) this.#give(Buffer.from(text));
    else this.#held += this.#room.write(text, this.#held);
  }

  /** Hands on what is there, if anything is. */
  flush(): void {
    const whole = this.#room.subarray(0, this.#held);
    this.#held = 0;
    if (whole.length > 0) this.#give(whole);
  }
}
