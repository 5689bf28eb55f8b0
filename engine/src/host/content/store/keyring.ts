/**
 * The secrets under which captures are encrypted: one file for each key, gone for good when the key is destroyed.
 *
 * Owns     the folder `keys`.
 *
 * A file has its secret twice, each with a checksum, so that a byte that changes loses no key. Nothing of a secret stays in
 * memory; what it unwraps does, until the key is destroyed.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { NONCE_BYTES, TAG_BYTES } from './chunk-record';
import { Disk } from './disk';

const SECRET_BYTES = 32;
const CHECK_BYTES = 16;
const COPY_BYTES = SECRET_BYTES + CHECK_BYTES;
const NAME = /^\d+\.key$/;

export class Keyring {
  constructor(
    private readonly folder: string,
    private readonly disk: Disk,
  ) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  make(key: number): void {
    const secret = randomBytes(SECRET_BYTES);
    const copy = Buffer.concat([secret, checkOf(secret)]);
    this.disk.write(this.fileOf(key), Buffer.concat([copy, copy]));
    this.disk.syncFolder(this.folder);
    secret.fill(0);
    copy.fill(0);
  }

  /** A new data key as it may stand on the disk. */
  wrap(key: number, dataKey: Buffer): Buffer | undefined {
    return this.with(key, (secret) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', secret, nonce);
      const sealed = Buffer.concat([cipher.update(dataKey), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    });
  }

  /** The data key again; undefined when the key's material is not there. */
  unwrap(key: number, wrapped: Buffer): Buffer | undefined {
    return this.with(key, (secret) => {
      const decipher = createDecipheriv('aes-256-gcm', secret, wrapped.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    });
  }

  /** Overwrites the secret, then takes its file away. */
  destroy(key: number): void {
    const file = this.fileOf(key);
    if (!fs.existsSync(file)) {
      return;
    }
    const opened = fs.openSync(file, 'r+');
    try {
      fs.writeSync(opened, randomBytes(COPY_BYTES * 2), 0, COPY_BYTES * 2, 0);
      this.disk.sync(opened);
    } finally {
      fs.closeSync(opened);
    }
    fs.rmSync(file);
    this.disk.syncFolder(this.folder);
  }

  /** Takes away what belongs to none of these keys. */
  keepOnly(keys: ReadonlySet<number>): void {
    for (const name of fs.readdirSync(this.folder)) {
      if (NAME.test(name) && !keys.has(Number.parseInt(name, 10))) {
        this.destroy(Number.parseInt(name, 10));
      } else if (name.endsWith('.new')) {
        fs.rmSync(path.join(this.folder, name));
      }
    }
  }

  /** Which of the two copies of a secret are not what was written. */
  damagedCopies(key: number): number[] {
    const bytes = this.bytesOf(key);
    const whole = bytes.length === COPY_BYTES * 2;
    return [0, 1].filter((copy) => !whole || secretAt(bytes, copy) === undefined);
  }

  nameOf(key: number): string {
    return `keys/${key}.key`;
  }

  private with<T>(key: number, use: (secret: Buffer) => T): T | undefined {
    const bytes = this.bytesOf(key);
    const secret = secretAt(bytes, 0) ?? secretAt(bytes, 1);
    if (secret === undefined) {
      return undefined;
    }
    const derived = Buffer.from(hkdfSync('sha256', secret, '', 'holdfast content wrap', SECRET_BYTES));
    try {
      return use(derived);
    } finally {
      derived.fill(0);
      bytes.fill(0);
    }
  }

  private bytesOf(key: number): Buffer {
    const file = this.fileOf(key);
    return fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
  }

  private fileOf(key: number): string {
    return path.join(this.folder, path.basename(this.nameOf(key)));
  }
}

function secretAt(bytes: Buffer, copy: number): Buffer | undefined {
  const at = copy * COPY_BYTES;
  const secret = bytes.subarray(at, at + SECRET_BYTES);
  const check = bytes.subarray(at + SECRET_BYTES, at + COPY_BYTES);
  return check.length === CHECK_BYTES && checkOf(secret).equals(check) ? secret : undefined;
}

function checkOf(secret: Buffer): Buffer {
  return createHash('sha256').update('holdfast content secret').update(secret).digest().subarray(0, CHECK_BYTES);
}
