/**
 * On which line of its file something is declared.
 *
 * Pure: files come through `FileSource`; what was read of a file is kept for the next question about it.
 * Assumed  Where a file does not say (plans and states of Terraform, modules, generated files of more than 4 MiB), it is the
 *          first line.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type ParsedNode } from 'yaml';
import type { FileSource } from '../ingest/artifact';
import { MAX_YAML_BYTES } from '../ingest/document';

interface Source {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

const FIRST = 1;
/** `Plan` of `Plan.rules[0]`, `aws_backup_plan.daily` of `aws_backup_plan.daily.rules[0]`, `vaults[0]` of a blueprint. */
const RESOURCE = /^([A-Za-z0-9_-]+)(?:\.([A-Za-z0-9_-]+))?/;
const ITEM = /^([A-Za-z]+)\[(\d+)\]/;

export class DeclaredLines {
  private readonly sources = new Map<string, Source | undefined>();

  constructor(private readonly files: FileSource) {}

  /** From 1. `place` is what a finding names behind its file. */
  of(file: string, place: string): number {
    const source = this.sourceOf(file);
    const offset = source && offsetOf(source.document, place);
    return source === undefined || offset === undefined ? FIRST : source.lines.linePos(offset).line;
  }

  private sourceOf(file: string): Source | undefined {
    if (!this.sources.has(file)) {
      this.sources.set(file, this.read(file));
    }
    return this.sources.get(file);
  }

  private read(file: string): Source | undefined {
    const { files } = this;
    if (files.kindOf(file) !== 'file' || files.sizeBytes(file) > MAX_YAML_BYTES) {
      return undefined;
    }
    const lines = new LineCounter();
    return { document: parseDocument(files.read(file), { lineCounter: lines, uniqueKeys: false }), lines };
  }
}

/** Where the name of a resource stands: of a template, of Terraform in JSON; where an item of a blueprint begins. */
function offsetOf(document: Document.Parsed, place: string): number | undefined {
  const [, list, index] = ITEM.exec(place) ?? [];
  const [, first = '', second = ''] = RESOURCE.exec(place) ?? [];
  return (
    (list === undefined ? undefined : itemIn(document.get(list, true), Number(index))) ??
    keyIn(document.getIn(['Resources'], true), first) ??
    keyIn(document.getIn(['resource', first], true), second)
  );
}

function keyIn(map: unknown, name: string): number | undefined {
  const found = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
  return (found?.key as ParsedNode | undefined)?.range[0];
}

function itemIn(list: unknown, index: number): number | undefined {
  return isSeq(list) ? (list.items[index] as ParsedNode | undefined)?.range[0] : undefined;
}
