/**
 * Report files, by bucket and key, as an S3 would hold them.
 *
 * Owns     every file that was written, packed: a World writes one a day for years.
 * Units    `createdAt` is an Instant; sizes are bytes.
 * Source   B10.2/4 (split at 50 MB); decision 0002 lets the engine use what Node brings.
 * Spec     report-plans.md
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Instant } from '../kernel/instant';

/** A value of a report; `null` where there is none. */
export type ReportValue = string | number | boolean | null | Readonly<Record<string, string>>;
/** Columns by name, in the order of AWS's samples. */
export type ReportRow = Readonly<Record<string, ReportValue>>;

export interface ReportFile {
  readonly bucket: string;
  readonly key: string;
  readonly createdAt: Instant;
  readonly sizeBytes: number;
  readonly text: () => string;
}

/** Source B10.2/4. */
export const MOST_BYTES = 50 * 1024 * 1024;

export class ReportFiles {
  private readonly all = new Map<string, ReportFile>();

  /** Puts a file; one of the same bucket and key is replaced. */
  put(bucket: string, key: string, text: string, createdAt: Instant): ReportFile {
    const bytes = Buffer.from(text, 'utf8');
    const packed = deflateRawSync(bytes);
    const file = {
      bucket,
      key,
      createdAt,
      sizeBytes: bytes.length,
      text: () => inflateRawSync(packed).toString('utf8'),
    };
    this.all.set(`${bucket}/${key}`, file);
    return file;
  }

  /** Oldest first. */
  list(): readonly ReportFile[] {
    return [...this.all.values()];
  }

  tryFind(bucket: string, key: string): ReportFile | undefined {
    return this.all.get(`${bucket}/${key}`);
  }
}

/**
 * A report as texts of files, none of them larger than `most` bytes unless a single row is.
 *
 * @param columns what a CSV begins with, rows or not
 */
export function reportTexts(
  format: string,
  columns: readonly string[],
  rows: readonly ReportRow[],
  most: number = MOST_BYTES,
): string[] {
  const isJson = format === 'JSON';
  const [before, between, after] = isJson ? ['{"reportItems":[', ',', ']}'] : [`${columns.join(',')}\r\n`, '', ''];
  const texts: string[] = [];
  let items: string[] = [];
  let size = before.length + after.length;
  const close = () => {
    texts.push(before + items.join(between) + after);
    items = [];
    size = before.length + after.length;
  };
  for (const row of rows) {
    const item = isJson ? JSON.stringify(row) : csvLine(columns, row);
    const bytes = Buffer.byteLength(item) + between.length;
    if (items.length > 0 && size + bytes > most) {
      close();
    }
    items.push(item);
    size += bytes;
  }
  close();
  return texts;
}

function csvLine(columns: readonly string[], row: ReportRow): string {
  return `${columns.map((column) => csvField(row[column] ?? null)).join(',')}\r\n`;
}

function csvField(value: ReportValue): string {
  const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
