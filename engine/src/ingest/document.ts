/**
 * A file of JSON or YAML as plain data, or a refusal that names line and column.
 *
 * Pure: files come through `FileSource`.
 * Units    `…Bytes` are bytes.
 * Source   AWS CloudFormation User Guide, "Intrinsic function reference" (short forms in YAML).
 * Assumed  Sizes: CloudFormation takes templates of up to 1 MB; what is far beyond is no template. YAML is read
 *          at about 1 MB a second, hence its own cap.
 */
import type { Document, DocumentOptions, ParseOptions, SchemaOptions, Tags } from 'yaml';
import { Pair, parseAllDocuments, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { FileSource } from './artifact';
import { IngestRefusal } from './artifact';
import { type Fault, findJsonFault, findJsonRepeat } from './json-fault';

const MIB = 1024 * 1024;

/** Files above this are refused unread. */
export const MAX_FILE_BYTES = 64 * MIB;

/** YAML above this is refused unread. */
export const MAX_YAML_BYTES = 4 * MIB;

/** Data nested deeper than this is refused: nothing that people or tools write comes near. */
export const MAX_DEPTH = 200;

/** How YAML is read: with CloudFormation's short forms, or without. */
export type Dialect = 'cloudformation' | 'plain';

/**
 * The data in a file. JSON when the text opens with a brace or bracket, else YAML.
 *
 * @throws IngestRefusal when the file is too large, binary, cut off, or neither JSON nor YAML
 */
export function readDocument(file: string, files: FileSource, dialect: Dialect = 'cloudformation'): unknown {
  const sizeBytes = files.sizeBytes(file);
  if (sizeBytes > MAX_FILE_BYTES) {
    throw new IngestRefusal(file, '', `is ${inMib(sizeBytes)}; files of up to ${inMib(MAX_FILE_BYTES)} are read`);
  }
  const text = files.read(file);
  if (text.includes('\u0000')) {
    throw new IngestRefusal(file, '', 'is binary; expected JSON or YAML');
  }
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) {
    throw new IngestRefusal(file, '', 'is empty; expected JSON or YAML');
  }
  const data = first === '{' || first === '[' ? readJson(file, text, dialect) : readYaml(file, text, dialect);
  refuseDepth(file, data);
  return data;
}

function readJson(file: string, text: string, dialect: Dialect): unknown {
  try {
    const data: unknown = JSON.parse(text);
    refuseRepeats(file, text);
    return data;
  } catch (error) {
    if (error instanceof IngestRefusal) {
      throw error;
    }
    const fault = findJsonFault(text);
    // YAML may open with a flow collection, but nobody who writes one leaves the keys unquoted by accident.
    if (fault !== undefined && /\.ya?ml$/i.test(file)) {
      return readYaml(file, text, dialect);
    }
    throw notJson(file, fault);
  }
}

/** Which of two values counts would be a guess. */
function refuseRepeats(file: string, text: string): void {
  const repeat = findJsonRepeat(text);
  if (repeat !== undefined) {
    throw new IngestRefusal(file, `line ${repeat.line}, column ${repeat.column}`, repeat.what);
  }
}

function readYaml(file: string, text: string, dialect: Dialect): unknown {
  if (Buffer.byteLength(text) > MAX_YAML_BYTES) {
    throw new IngestRefusal(
      file,
      '',
      `is ${inMib(Buffer.byteLength(text))} of YAML; YAML of up to ${inMib(MAX_YAML_BYTES)} is read, JSON of up to ${inMib(MAX_FILE_BYTES)}`,
    );
  }
  try {
    return parseYaml(file, text, dialect);
  } catch (error) {
    if (error instanceof RangeError) {
      throw tooDeep(file);
    }
    if (error instanceof ReferenceError) {
      throw new IngestRefusal(file, '', 'repeats itself through YAML aliases beyond any bound');
    }
    throw error;
  }
}

function parseYaml(file: string, text: string, dialect: Dialect): unknown {
  const options: ParseOptions & DocumentOptions & SchemaOptions = {
    prettyErrors: false,
    logLevel: 'silent',
    merge: true,
    customTags: (tags: Tags): Tags => [...(dialect === 'cloudformation' ? SHORT_FORMS : []), LEADING_ZERO, ...tags],
  };
  const documents = parseAllDocuments(text, options);
  const fault = documents.flatMap((document) => document.errors)[0];
  if (fault !== undefined && /call stack/i.test(fault.message)) {
    throw tooDeep(file);
  }
  if (fault !== undefined) {
    const [line, column] = placeOf(text, fault.pos[0]);
    throw new IngestRefusal(file, `line ${line}, column ${column}`, `is not YAML: ${lowerFirst(fault.message)}`);
  }
  refuseUnknownTag(file, text, documents, dialect);
  const [only, ...others] = documents;
  if (only === undefined) {
    throw new IngestRefusal(file, '', 'is empty; expected JSON or YAML');
  }
  if (others.length > 0) {
    throw new IngestRefusal(file, '', `holds ${documents.length} YAML documents${kindOf(only.toJS())}; expected one`);
  }
  return only.toJS({ maxAliasCount: 100 });
}

/** A tag that nobody resolves would pass as the plain text behind it. */
function refuseUnknownTag(
  file: string,
  text: string,
  documents: readonly Pick<Document, 'warnings'>[],
  dialect: Dialect,
): void {
  const unknown = documents.flatMap(({ warnings }) => warnings).find(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (unknown !== undefined) {
    const [line, column] = placeOf(text, unknown.pos[0]);
    const tag = text.slice(...unknown.pos);
    const why = dialect === 'cloudformation' ? 'which is no short form of CloudFormation' : 'which no blueprint has';
    throw new IngestRefusal(file, `line ${line}, column ${column}`, `has the tag ${tag}, ${why}`);
  }
}

/** What a stream of several documents most likely is. */
function kindOf(first: unknown): string {
  const kubernetes = typeof first === 'object' && first !== null && 'apiVersion' in first && 'kind' in first;
  return kubernetes ? ', as Kubernetes manifests do' : '';
}

/** Account ids such as `012345678901` are text, though YAML 1.2 calls them numbers. */
const LEADING_ZERO = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  test: /^0[0-9]+$/,
  resolve: (text: string) => text,
} as const;

const LONG_NAMES: Readonly<Record<string, string>> = { Ref: 'Ref', Condition: 'Condition' };

const SHORT = [
  ...['Ref', 'Condition', 'GetAtt', 'Sub', 'Join', 'Select', 'Split', 'If', 'FindInMap', 'ImportValue', 'Base64'],
  ...['Cidr', 'GetAZs', 'Equals', 'And', 'Or', 'Not', 'Length', 'ToJsonString', 'Transform', 'ForEach'],
  // Of the Rules section, which is not read.
  ...['Contains', 'EachMemberEquals', 'EachMemberIn', 'RefAll', 'ValueOf', 'ValueOfAll'],
];

/** `!Sub text` as `{"Fn::Sub": "text"}`, and the like, for scalars, sequences and maps. */
const SHORT_FORMS: Tags = SHORT.flatMap((name): Tags => {
  const long = LONG_NAMES[name] ?? `Fn::${name}`;
  const wrap = (node: YAMLMap | YAMLSeq): YAMLMap => {
    const map = new YAMLMap();
    map.add(new Pair(new Scalar(long), node));
    return map;
  };
  const tag = `!${name}`;
  return [
    { tag, resolve: (text: string) => ({ [long]: name === 'GetAtt' ? splitAttribute(text) : text }) },
    { tag, collection: 'seq', resolve: (node: unknown) => wrap(node as YAMLSeq) },
    { tag, collection: 'map', resolve: (node: unknown) => wrap(node as YAMLMap) },
  ];
});

/** `Vault.BackupVaultArn` as logical id and attribute. */
export function splitAttribute(text: string): string[] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function notJson(file: string, fault: Fault | undefined): IngestRefusal {
  return new IngestRefusal(
    file,
    fault === undefined ? '' : `line ${fault.line}, column ${fault.column}`,
    `is not JSON: ${fault?.what ?? 'it holds what no JSON parser takes'}`,
  );
}

/**
 * A file that programs write, of whatever size.
 *
 * @throws IngestRefusal with the place where it is not JSON
 */
export function readJsonFile(file: string, files: FileSource): unknown {
  const text = files.read(file);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw notJson(file, findJsonFault(text));
  }
}

/** Walks with a stack of its own, so that what is too deep cannot end the process. */
function refuseDepth(file: string, data: unknown): void {
  let level: unknown[] = [data];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      throw tooDeep(file);
    }
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'object' && value !== null) {
        for (const child of Object.values(value)) {
          if (typeof child === 'object' && child !== null) {
            below.push(child);
          }
        }
      }
    }
    level = below;
  }
}

function tooDeep(file: string): IngestRefusal {
  return new IngestRefusal(file, '', `is nested deeper than ${MAX_DEPTH} levels`);
}

function placeOf(text: string, offset: number): [line: number, column: number] {
  const before = text.slice(0, offset);
  return [before.split('\n').length, offset - (before.lastIndexOf('\n') + 1) + 1];
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function inMib(bytes: number): string {
  return `${(bytes / MIB).toFixed(bytes % MIB === 0 ? 0 : 1)} MiB`;
}
