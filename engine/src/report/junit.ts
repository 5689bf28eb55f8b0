/**
 * Findings as JUnit's XML, which every CI shows: a test case for each, failed where it counts.
 *
 * Pure: data in, text out.
 * Source   The schema that Jenkins and GitLab read: testsuites, testsuite, testcase with failure or skipped; it is nobody's
 *          standard.
 */
import type { IdentifiedFinding } from './identified';

export interface JunitProps {
  readonly findings: readonly IdentifiedFinding[];
  /** Whether a finding makes the check fail. */
  readonly fails: (finding: IdentifiedFinding) => boolean;
  readonly artifacts: readonly string[];
}

/** One suite; an estate without findings is one test case that passed, as some readers take no empty suite. */
export function junitXml({ findings, fails, artifacts }: JunitProps): string {
  const cases = findings.length === 0 ? [passed(artifacts)] : findings.map((finding) => caseOf(finding, fails));
  const failures = findings.filter(fails).length;
  const skipped = findings.filter(isSkipped).length;
  const counts = `tests="${cases.length}" failures="${failures}" skipped="${skipped}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="holdfast" ${counts}>`,
    `  <testsuite name="holdfast check" ${counts}>`,
    ...cases.map((lines) => lines.map((line) => `    ${line}`).join('\n')),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function passed(artifacts: readonly string[]): string[] {
  return [`<testcase classname="holdfast" name="${escaped(`every rule over ${artifacts.join(', ')}`)}"/>`];
}

function isSkipped({ waived, known }: IdentifiedFinding): boolean {
  return waived !== undefined || known === true;
}

function caseOf(finding: IdentifiedFinding, fails: (finding: IdentifiedFinding) => boolean): string[] {
  const { id, rule, severity, path, message, source, waived } = finding;
  const text = `${path} ${message} [${rule}] (${source})`;
  return [
    `<testcase classname="${escaped(rule)}" name="${escaped(`${path} (${id})`)}">`,
    isSkipped(finding)
      ? `  <skipped message="${escaped(waived ?? 'known by the baseline')}"/>`
      : fails(finding)
        ? `  <failure type="${severity}" message="${escaped(message)}">${escaped(text)}</failure>`
        : `  <system-out>${escaped(`${severity}: ${text}`)}</system-out>`,
    '</testcase>',
  ];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** XML 1.0 has no other control characters, not even escaped. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"\n\t]/g, (character) => ENTITIES[character] ?? character);
}
