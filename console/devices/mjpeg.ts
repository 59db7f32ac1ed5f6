/** Far more than a full-size picture of a large phone has. */
const mostBytes = 16 * 1024 * 1024;

/** Cuts a multipart stream of pictures into pictures, wherever its chunks break. Throws for what is no such stream. */
export class PictureCutter {
  #waiting = new Uint8Array(0);

  push(chunk: Uint8Array): Blob[] {
    const joined = new Uint8Array(this.#waiting.length + chunk.length);
    joined.set(this.#waiting);
    joined.set(chunk, this.#waiting.length);
    this.#waiting = joined;
    const pictures: Blob[] = [];
    for (let picture = this.#next(); picture; picture = this.#next()) pictures.push(picture);
    return pictures;
  }

  #next(): Blob | undefined {
    const end = endOfHead(this.#waiting);
    if (end < 0) {
      if (this.#waiting.length > mostBytes) throw new Error('no pictures in this stream');
      return undefined;
    }
    const head = new TextDecoder('latin1').decode(this.#waiting.subarray(0, end));
    const length = Number(/^content-length: *(\d{1,9})/im.exec(head)?.[1] ?? Number.NaN);
    if (!(length <= mostBytes)) throw new Error('a picture without a size');
    if (this.#waiting.length < end + length) return undefined;
    const type = /^content-type: *(image\/[\w.+-]+)/im.exec(head)?.[1] ?? 'image/jpeg';
    const picture = new Blob([this.#waiting.slice(end, end + length)], { type });
    this.#waiting = this.#waiting.slice(end + length);
    return picture;
  }
}

/** Where the first part's bytes begin: behind an empty line that does not stand at the very beginning. */
function endOfHead(bytes: Uint8Array): number {
  let start = 0;
  while (bytes[start] === 13 || bytes[start] === 10) start++;
  for (let at = start; at + 3 < bytes.length; at++) {
    if (bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at + 4;
  }
  return -1;
}
