/**
 * Findings that an estate had when it began to be checked: they are told, and fail nothing.
 *
 * Pure: the text of a file and findings in, findings out.
 * Source   design.md section 2, `check --baseline`; docs/ci.md.
 */
import { FileSource, IngestRefusal } from '../ingest/artifact';
import { readDocument } from '../ingest/document';
import { IdentifiedFinding, isOpen } from '../report/identified';
import { plural } from './tables';

const SCHEMA = 'holdfast.baseline/1';

/** A finding as a baseline keeps it: the id is what counts, the rest is for who reads the file. */
export interface KnownFinding {
  readonly id: string;
  readonly rule: string;
  readonly path: string;
}

/** What `check --format baseline` prints, and `--baseline` reads. */
export interface Baseline {
  readonly schema: typeof SCHEMA;
  readonly findings: readonly KnownFinding[];
}

/** What came of holding findings against a baseline. */
export interface Compared {
  readonly file: string;
  readonly known: number;
  /** What is not found any more: the baseline can be written anew without it. */
  readonly gone: readonly KnownFinding[];
}

/** Everything that nobody waived. */
export function baselineOf(findings: readonly IdentifiedFinding[]): Baseline {
  const kept = findings.filter(({ waived }) => waived === undefined);
  return { schema: SCHEMA, findings: kept.map(({ id, rule, path }) => ({ id, rule, path })) };
}

export function readBaseline(file: string, files: FileSource): Baseline {
  const kind = files.kindOf(file);
  if (kind !== 'file') {
    const what = kind === undefined ? 'does not exist; --format baseline prints one' : 'is a directory, not a file';
    throw new IngestRefusal(file, '', what);
  }
  const { schema, findings } = (readDocument(file, files, 'plain') ?? {}) as { schema?: unknown; findings?: unknown };
  const wanted = 'as --format baseline prints it';
  if (schema !== SCHEMA) {
    throw new IngestRefusal(file, 'schema', `must be ${SCHEMA}, ${wanted}, got ${JSON.stringify(schema) ?? 'nothing'}`);
  }
  if (!Array.isArray(findings)) {
    throw new IngestRefusal(
      file,
      'findings',
      `must be a list, ${wanted}, got ${JSON.stringify(findings) ?? 'nothing'}`,
    );
  }
  return { schema: SCHEMA, findings: findings.map((entry: unknown, index) => knownOf(file, index, entry)) };
}

function knownOf(file: string, index: number, entry: unknown): KnownFinding {
  const { id, rule, path } = (entry ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || typeof rule !== 'string' || typeof path !== 'string') {
    throw new IngestRefusal(file, `findings[${index}]`, 'must have id, rule and path, each a text');
  }
  return { id, rule, path };
}

/** The findings, those of the baseline marked as known. */
export function withBaseline(findings: readonly IdentifiedFinding[], baseline: Baseline): IdentifiedFinding[] {
  const ids = new Set(baseline.findings.map(({ id }) => id));
  return findings.map((finding) => (ids.has(finding.id) ? { ...finding, known: true } : finding));
}

export function comparedWith(file: string, findings: readonly IdentifiedFinding[], baseline: Baseline): Compared {
  const found = new Set(findings.map(({ id }) => id));
  return {
    file,
    known: findings.filter((finding) => finding.known === true && finding.waived === undefined).length,
    gone: baseline.findings.filter(({ id }) => !found.has(id)),
  };
}

export function baselineText({ file, known, gone }: Compared): string {
  const rest = gone.length === 0 ? '' : `; ${plural(gone.length, 'finding')} of it no longer found: write it anew`;
  return `baseline: ${plural(known, 'finding')} known by ${file}${rest}`;
}

/** Findings that count. */
export function openOf(findings: readonly IdentifiedFinding[]): IdentifiedFinding[] {
  return findings.filter(isOpen);
}
