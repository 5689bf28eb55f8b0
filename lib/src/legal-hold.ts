import { LegalHold as LegalHoldDeclaration, LegalHoldDateRange, LegalHoldRules, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { tryFindVault } from './private/declarations';
import { arnsOf, unsupported } from './private/declare-selection';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { SelectionResource } from './selection-resource';

/**
 * Properties of a `LegalHold`.
 */
export interface LegalHoldProps {
  /**
   * What the hold is.
   */
  readonly title: string;

  /**
   * Why the hold is, at most 280 characters.
   */
  readonly description: string;

  /**
   * Vaults whose recovery points are held.
   *
   * @default - every vault of the account and Region
   */
  readonly vaults?: backup.IBackupVault[];

  /**
   * Resources whose recovery points are held, by ARN without stars or by construct.
   *
   * @default - every resource
   */
  readonly resources?: SelectionResource[];

  /**
   * When the held recovery points were created.
   *
   * @default - whenever
   */
  readonly dateRange?: LegalHoldDateRange;

  /**
   * Tags of the hold, at most 50.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * What becomes of the hold when it leaves the stack, or when a change replaces it. With DESTROY the hold is cancelled.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * A hold that keeps recovery points from deletion, by hand and by lifecycle, until somebody cancels it.
 *
 * It holds the recovery points that are there when it is deployed, never those that come later; continuous ones are not
 * held, and copies do not inherit it. Every change but that of its tags makes a new hold; the old one stays, too, unless
 * `removalPolicy` says otherwise.
 */
@propertyInjectable
export class LegalHold extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.LegalHold';

  /**
   * Id of the hold.
   */
  public readonly legalHoldId: string;

  /**
   * ARN of the hold.
   */
  public readonly legalHoldArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: LegalHoldProps) {
    super(scope, id);
    const declared = declaredHold(this, props);
    const findings = LegalHoldRules.check(declared, '', SYNTH).map((finding) => ({
      ...finding,
      path: ofProps(finding.path),
    }));
    refuse(this, [...unsupported(props.resources ?? [], 'resources'), ...findings], props.waivers);

    const { recoveryPointSelection } = declared;
    const resource = new backup.CfnLegalHold(this, 'Resource', {
      title: declared.title,
      description: declared.description,
      recoveryPointSelection: {
        ...recoveryPointSelection,
        vaultNames: props.vaults?.map((vault) => vault.backupVaultName),
      },
      tags: Object.entries(props.tags ?? {}).map(([key, value]) => ({ key, value })),
    });
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    annotateTemplate(resource, props.waivers);
    this.legalHoldId = resource.attrLegalHoldId;
    this.legalHoldArn = resource.attrArn;
  }
}

function declaredHold(scope: Construct, props: LegalHoldProps): LegalHoldDeclaration {
  return {
    title: props.title,
    description: props.description,
    env: environmentOf(scope),
    recoveryPointSelection: {
      vaultNames: props.vaults?.map((vault) => tryFindVault(vault)?.backupVaultName ?? vault.backupVaultName),
      resourceIdentifiers: props.resources?.flatMap(arnsOf),
      dateRange: props.dateRange,
    },
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

/** Paths of the declaration as the properties have them. */
function ofProps(path: string): string {
  return path
    .replace(/^recoveryPointSelection$/, 'vaults')
    .replace(/^recoveryPointSelection\.vaultNames/, 'vaults')
    .replace(/^recoveryPointSelection\.resourceIdentifiers/, 'resources')
    .replace(/^recoveryPointSelection\./, '');
}
