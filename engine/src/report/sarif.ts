/**
 * Findings as SARIF, which code scanning of GitHub, Azure DevOps and editors read.
 *
 * Pure: data in, data out.
 * Source   OASIS Static Analysis Results Interchange Format 2.1.0: run, result, suppression, baselineState; GitHub docs, "SARIF
 *          support for code scanning" (a physical location is asked for, partial fingerprints tell results apart).
 */
import { RuleCatalog } from '@holdfast/model';
import type { IdentifiedFinding } from './identified';

const HOME = 'https://github.com/holdfast-backup/holdfast';
const RULES = `${HOME}/blob/main/docs/rules.md`;

export interface SarifProps {
  readonly version: string;
  readonly findings: readonly IdentifiedFinding[];
  /** Where a finding is that names no file. */
  readonly artifact: string;
  /** Whether findings were held against a baseline. */
  readonly compared: boolean;
}

/** The log: one run, its rules those that found something. */
export function sarifLog({ version, findings, artifact, compared }: SarifProps): object {
  const ids = [...new Set(findings.map(({ rule }) => rule))];
  const driver = { name: 'holdfast', semanticVersion: version, informationUri: HOME, rules: ids.map(ruleOf) };
  const results = findings.map((finding) => resultOf(finding, ids.indexOf(finding.rule), artifact, compared));
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

function resultOf(finding: IdentifiedFinding, ruleIndex: number, artifact: string, compared: boolean): object {
  const { id, rule, severity, path, message, source, waived, known } = finding;
  const [file, place] = placeOf(path, artifact);
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: `${path} ${message} (${source})` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } },
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

/** A relative reference, as the log is read in a checkout: its parts escaped, with slashes between. */
function uriOf(file: string): string {
  return file
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
}
