/**
 * Findings as SARIF, which code scanning of GitHub, Azure DevOps and editors read.
 *
 * Pure: data in, data out.
 * Source   OASIS Static Analysis Results Interchange Format 2.1.0: run, result, suppression, baselineState; GitHub docs, "SARIF
 *          support for code scanning" (a physical location is asked for, its file relative to the root of the repository; partial
 *          fingerprints tell results apart).
 * Assumed  The check runs in that root.
 */
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuleCatalog } from '@holdfast/model';
import type { IdentifiedFinding } from './identified';

const HOME = 'https://github.com/holdfast-backup/holdfast';
const RULES = `${HOME}/blob/main/docs/rules.md`;

export interface SarifProps {
  readonly version: string;
  readonly findings: readonly IdentifiedFinding[];
  /** Where a finding is that names no file. */
  readonly artifact: string;
  /** The folder that files are told from: an absolute path. */
  readonly root: string;
  /** On which line of a file a place is, from 1. */
  lineOf(file: string, place: string): number;
  /** Whether findings were held against a baseline. */
  readonly compared: boolean;
}

/** The log: one run, its rules those that found something. */
export function sarifLog(props: SarifProps): object {
  const { version, findings } = props;
  const ids = [...new Set(findings.map(({ rule }) => rule))];
  const driver = { name: 'holdfast', semanticVersion: version, informationUri: HOME, rules: ids.map(ruleOf) };
  const results = findings.map((finding) => resultOf(finding, ids.indexOf(finding.rule), props));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, automationDetails: { id: 'holdfast/check' }, columnKind: 'utf16CodeUnits', results }],
  };
}

function ruleOf(id: string): object {
  const described = RuleCatalog.tryFind(id);
  if (described === undefined) {
    return { id, helpUri: RULES };
  }
  const { allowed, severity, source, effect } = described;
  return {
    id,
    shortDescription: { text: `must be ${allowed}` },
    helpUri: /^https:\/\/\S+$/.test(source) ? source : RULES,
    defaultConfiguration: { level: severity },
    properties: { effect, source },
  };
}

function resultOf(
  finding: IdentifiedFinding,
  ruleIndex: number,
  { artifact, root, lineOf, compared }: SarifProps,
): object {
  const { id, rule, severity, path, message, source, waived, known } = finding;
  const [file, place] = placeOf(path, artifact);
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: `${path} ${message} (${source})` },
    locations: [
      {
        physicalLocation: { artifactLocation: locationOf(file, root), region: { startLine: lineOf(file, place) } },
        logicalLocations: [{ fullyQualifiedName: place }],
      },
    ],
    partialFingerprints: { 'holdfastFinding/v1': id },
    ...(compared && { baselineState: known === true ? 'unchanged' : 'new' }),
    ...(waived !== undefined && { suppressions: [{ kind: 'external', status: 'accepted', justification: waived }] }),
  };
}

/** File and place of a path, which reads `file: place` where a file declares the thing. */
function placeOf(path: string, artifact: string): [file: string, place: string] {
  const at = path.indexOf(': ');
  return at < 0 ? [artifact, path] : [path.slice(0, at), path.slice(at + 2)];
}

/** Source: `%SRCROOT%` is what code scanning calls the root of the checkout. */
const ROOT_ID = '%SRCROOT%';

/** Relative to the root, as the log is read in a checkout; a file that is not below it by its whole URI. */
function locationOf(file: string, root: string): { readonly uri: string; readonly uriBaseId?: string } {
  const whole = path.resolve(root, file);
  const relative = path.relative(root, whole);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
    return { uri: pathToFileURL(whole).href };
  }
  const parts = relative.split(path.sep).map((part) => encodeURIComponent(part));
  return { uri: parts.join('/'), uriBaseId: ROOT_ID };
}
