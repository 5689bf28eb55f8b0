/**
 * Findings that follow from an account or a Region that nobody stated: notes, not errors.
 *
 * Pure: reads the artifacts again through a function.
 * Assumed  Who leaves account and Region open deploys where the literal ARNs of the artifact fit. design.md section 2.
 */
import { Effect, Estate, EstateRules, Finding, IValueProbe, Severity } from '@holdfast/model';
import { IngestRefusal, ReadOptions } from '../ingest/artifact';

/** Rules that hold an ARN against the place of a declaration. */
const PLACE_RULES = new Set([
  'vault-notification-topic-account',
  'vault-encryption-key-region',
  'selection-role-account',
  'selection-resource-place',
  'rule-air-gapped-target-place',
  'copy-action-partition',
  'copy-action-cross-account',
  'copy-action-cross-account-china',
  'copy-action-cross-account-default-vault',
  'copy-action-cross-account-key',
  'copy-action-cross-account-policy',
  'copy-action-cross-account-source-key',
  'copy-action-cross-region',
  'copy-action-cross-region-and-account',
]);

/** Stands for an account that is not stated: it has the form of a real one, and is none. */
const OPEN_ACCOUNT = '000000000000';
/** Stand for a Region that is not stated, the first that the estate does not state: tables of Regions have these. */
const OPEN_REGIONS = ['us-west-2', 'eu-west-1', 'us-east-2', 'eu-central-1', 'ap-southeast-2', 'us-west-1'];

/** Which of the two the user gave. */
interface Given {
  readonly account?: string;
  readonly region?: string;
}

/**
 * The findings, those lowered to notes that are gone once the place that was not stated counts as unknown.
 *
 * @param readAgain reads the same artifacts with another place for what they leave open
 */
export function withAssumedPlace(
  findings: readonly Finding[],
  estate: Estate,
  options: ReadOptions,
  given: Given,
  readAgain: (options: ReadOptions) => Estate,
): readonly Finding[] {
  const isStated = given.account !== undefined && given.region !== undefined;
  if (isStated || !findings.some(({ rule }) => PLACE_RULES.has(rule))) {
    return findings;
  }
  const certain = new Set(findingsWithoutPlace(estate, options, given, readAgain).map(keyOf));
  const { account, region } = options.env;
  const assumed = [
    ...(given.account === undefined ? [`account ${account} (--account gives another)`] : []),
    ...(given.region === undefined ? [`Region ${region} (--region gives another)`] : []),
  ].join(' and ');
  return findings.map((finding) =>
    PLACE_RULES.has(finding.rule) && !certain.has(keyOf(finding))
      ? {
          ...finding,
          effect: Effect.ADVICE,
          severity: Severity.NOTE,
          message: `${finding.message}; the artifact leaves its place open, assumed is ${assumed}`,
        }
      : finding,
  );
}

/** What the rules find when the place that nobody stated is not known. */
function findingsWithoutPlace(
  estate: Estate,
  options: ReadOptions,
  given: Given,
  readAgain: (options: ReadOptions) => Estate,
): Finding[] {
  const env = {
    ...options.env,
    ...(given.account === undefined && { account: OPEN_ACCOUNT }),
    ...(given.region === undefined && { region: regionNotIn(estate, options.env.region) }),
  };
  const probe = (place: { readonly account: string; readonly region: string }): IValueProbe => {
    const open = [
      ...(given.account === undefined ? [place.account] : []),
      ...(given.region === undefined ? [place.region] : []),
    ];
    return { known: (value: unknown) => typeof value !== 'string' || !open.includes(value) };
  };
  try {
    return EstateRules.check(readAgain({ ...options, env }), probe(env));
  } catch (error) {
    if (!(error instanceof IngestRefusal)) {
      throw error;
    }
    // The artifact can be read in the default place alone, as with a table of Regions that lacks the other.
    return EstateRules.check(estate, probe(options.env));
  }
}

function regionNotIn({ vaults, logicallyAirGappedVaults, plans, resources }: Estate, region: string): string {
  const declared = [...(vaults ?? []), ...(logicallyAirGappedVaults ?? []), ...(plans ?? []), ...(resources ?? [])];
  const stated = new Set([region, ...declared.map(({ env }) => env.region)]);
  return OPEN_REGIONS.find((candidate) => !stated.has(candidate)) ?? region;
}

function keyOf({ rule, path }: Finding): string {
  return `${rule}\u0000${path}`;
}
