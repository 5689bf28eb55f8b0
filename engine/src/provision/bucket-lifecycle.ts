/**
 * Lifecycle rules of a bucket as a template writes them, in the shapes of S3's API.
 *
 * Pure.
 * Source   AWS CloudFormation "Template reference", AWS::S3::Bucket Rule; S3 API reference 2006-03-01, LifecycleRule.
 */
import type * as sdk from '@aws-sdk/client-s3';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { given } from '../operations/backup/shapes';
import { json, present } from './bucket-settings';

export function lifecycleRulesOf(declared: DeclaredValue): sdk.LifecycleRule[] {
  return declared.member('Rules').items().map(ruleOf);
}

function ruleOf(rule: DeclaredValue): sdk.LifecycleRule {
  const abort = rule.member('AbortIncompleteMultipartUpload');
  return given({
    ID: rule.member('Id').text(),
    Status: rule.member('Status').requiredText() as sdk.ExpirationStatus,
    Filter: filterOf(rule),
    Expiration: expirationOf(rule),
    NoncurrentVersionExpiration: noncurrentOf(rule),
    // The single transition is the older form of the list.
    Transitions: listOf(rule, 'Transitions', 'Transition', (one) =>
      given({
        Days: one.member('TransitionInDays').number(),
        Date: dateOf(one.member('TransitionDate')),
        StorageClass: one.member('StorageClass').requiredText() as sdk.TransitionStorageClass,
      }),
    ),
    NoncurrentVersionTransitions: listOf(rule, 'NoncurrentVersionTransitions', 'NoncurrentVersionTransition', (one) =>
      given({
        NoncurrentDays: one.member('TransitionInDays').number(),
        NewerNoncurrentVersions: one.member('NewerNoncurrentVersions').number(),
        StorageClass: one.member('StorageClass').requiredText() as sdk.TransitionStorageClass,
      }),
    ),
    AbortIncompleteMultipartUpload: present(abort, () =>
      given({ DaysAfterInitiation: abort.member('DaysAfterInitiation').number() }),
    ),
  });
}

/** What several members say together stands in an `And`. */
function filterOf(rule: DeclaredValue): sdk.LifecycleRuleFilter {
  const Prefix = rule.member('Prefix').text();
  const Tags = json<sdk.Tag[]>(rule.member('TagFilters')) ?? [];
  const sizes = given({
    ObjectSizeGreaterThan: rule.member('ObjectSizeGreaterThan').number(),
    ObjectSizeLessThan: rule.member('ObjectSizeLessThan').number(),
  });
  const said = Tags.length + Object.keys(sizes).length + (Prefix === undefined ? 0 : 1);
  if (said > 1) {
    return { And: given({ Prefix, Tags: Tags.length === 0 ? undefined : Tags, ...sizes }) };
  }
  // Source: LifecycleRuleFilter: an empty prefix is every object.
  return Tags[0] !== undefined ? { Tag: Tags[0] } : said === 0 ? { Prefix: '' } : given({ Prefix, ...sizes });
}

function expirationOf(rule: DeclaredValue): sdk.LifecycleExpiration | undefined {
  const expiration = given({
    Days: rule.member('ExpirationInDays').number(),
    Date: dateOf(rule.member('ExpirationDate')),
    ExpiredObjectDeleteMarker: rule.member('ExpiredObjectDeleteMarker').boolean(),
  });
  return Object.keys(expiration).length === 0 ? undefined : expiration;
}

function noncurrentOf(rule: DeclaredValue): sdk.NoncurrentVersionExpiration | undefined {
  const whole = rule.member('NoncurrentVersionExpiration');
  const days = whole.member('NoncurrentDays').number() ?? rule.member('NoncurrentVersionExpirationInDays').number();
  const kept = whole.member('NewerNoncurrentVersions').number();
  return days === undefined ? undefined : given({ NoncurrentDays: days, NewerNoncurrentVersions: kept });
}

function listOf<T>(
  rule: DeclaredValue,
  many: string,
  one: string,
  read: (declared: DeclaredValue) => T,
): T[] | undefined {
  const single = rule.member(one);
  const all = [...rule.member(many).items(), ...(single.isPresent ? [single] : [])].map(read);
  return all.length === 0 ? undefined : all;
}

function dateOf(declared: DeclaredValue): Date | undefined {
  const text = declared.text();
  if (text === undefined) {
    return undefined;
  }
  if (Number.isNaN(Date.parse(text))) {
    throw declared.wrong('a date');
  }
  return new Date(text);
}
