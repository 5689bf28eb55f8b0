/**
 * AWS::Backup::LegalHold as a declaration.
 *
 * Pure. A required property that is left out stays left out: the rules of the model say so, beside all others.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216).
 */
import type { LegalHold, LegalHoldDateRange, LegalHoldSelection } from '@holdfast/model';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';
import type { DeclaredValue } from './declared-value';
import { tagsOf } from './tag-list';

export const LEGAL_HOLD = 'AWS::Backup::LegalHold';

export function readLegalHold(declaration: Declaration): LegalHold {
  const { properties, env, declaredAt } = declaration;
  const selection = properties.member('RecoveryPointSelection');
  const range = selection.member('DateRange');
  return withoutUndefined<LegalHold>({
    title: properties.member('Title').text(),
    description: properties.member('Description').text(),
    env,
    recoveryPointSelection: withoutUndefined<LegalHoldSelection>({
      vaultNames: selection.member('VaultNames').texts(),
      resourceIdentifiers: selection.member('ResourceIdentifiers').texts(),
      dateRange: range.isPresent ? readRange(range) : undefined,
    }),
    tags: declaration.withStackTags(tagsOf(properties.member('Tags'))),
    declaredAt,
  });
}

function readRange(range: DeclaredValue): LegalHoldDateRange {
  return withoutUndefined<LegalHoldDateRange>({
    fromDate: range.member('FromDate').text(),
    toDate: range.member('ToDate').text(),
  });
}
