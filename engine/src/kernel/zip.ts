/**
 * What an archive in the format of .zip files holds, as its central directory says.
 *
 * Pure: bytes in, names and places out; nothing is unpacked.
 * Units    sizes are bytes.
 * Source   PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 */

export interface ZipEntry {
  /** That of a folder ends in `/`. */
  readonly name: string;
  /** 0 where it is as it is, 8 where it is deflated. */
  readonly method: number;
  /** Its bytes as they lie in the archive. */
  readonly packed: Uint8Array;
  /** How large it says that it is. */
  readonly sizeBytes: number;
}

const END = Buffer.from('PK\x05\x06', 'latin1');
const END_BYTES = 22;

/**
 * Undefined for what is no archive.
 *
 * @throws RangeError where an entry lies outside of it
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | undefined {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = archive.lastIndexOf(END);
  if (end < 0 || end + END_BYTES > archive.length) {
    return undefined;
  }
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as Lengths;
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + name),
      method,
      packed: archive.subarray(start, start + packed),
      sizeBytes: archive.readUInt32LE(at + 24),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

type Lengths = [name: number, extra: number, comment: number];
