/**
 * Resources that are there already and become those of a stack.
 *
 * Owns     nothing: the moves are those of the spec.
 * Source   AWS CloudFormation User Guide, "Import AWS resources into a CloudFormation stack": each is named by its identifier,
 *          has a DeletionPolicy, is in no other stack, and nothing else changes.
 * Spec     ../domain/stacks.md
 */
import type { ResourceToImport } from '@aws-sdk/client-cloudformation';
import type { ImportedResource } from '../domain/change-sets';
import { STACK, type MadeResource, type Policy, type Stack, type StackDesign } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import { own } from '../kernel/own';
import { AwsFault } from '../operations/fault';
import { actualOf } from './actual';
import { reveal } from './dynamic-references';
import { Made, Wanted } from './handler';
import { handlerOf } from './handlers';
import { Refused, whyRefused } from './refusals';
import { resourcesOf } from './stateful';
import { StackRun } from './stack-run';
import { ValueFault } from './stack-values';
import { readTemplate, type ReadTemplate } from './template-text';

/** Members that identify what a stack can take over, by type. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupVault': 'BackupVaultName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::EC2::SecurityGroup': 'Id',
  'AWS::EC2::Subnet': 'SubnetId',
  'AWS::EC2::VPC': 'VpcId',
  'AWS::IAM::Role': 'RoleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::KMS::Key': 'KeyId',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicArn',
  'AWS::SSM::Parameter': 'Name',
};

/** For GetTemplateSummary. */
export function identifiersOf({ template }: ReadTemplate) {
  const all = [...template.resources.values()];
  return Object.entries(IDENTIFIERS).flatMap(([type, identifier]) => {
    const ids = all.filter((one) => one.type === type).map(({ logicalId }) => logicalId);
    return ids.length === 0 ? [] : [{ ResourceType: type, LogicalResourceIds: ids, ResourceIdentifiers: [identifier] }];
  });
}

/**
 * What a call asks to import.
 *
 * @throws AwsFault ValidationError
 */
export function importsIn(
  { template }: ReadTemplate,
  stack: Stack | undefined,
  asked: readonly ResourceToImport[] | undefined,
): ImportedResource[] {
  const imports = (asked ?? []).map(({ LogicalResourceId: logicalId = '', ResourceType, ResourceIdentifier = {} }) => {
    const declared = template.resources.get(logicalId);
    if (declared === undefined || declared.type !== ResourceType) {
      throw refused(`Resource ${logicalId} of type ${ResourceType} is not in the template`);
    }
    const identifier = own(IDENTIFIERS, declared.type);
    if (identifier === undefined) {
      throw refused(`ResourceTypes [${declared.type}] are not supported for Import`);
    }
    if (declared.deletionPolicy === undefined) {
      throw refused(
        `Resources to import must have a DeletionPolicy attribute specified in the template: [${logicalId}]`,
      );
    }
    const physicalId = ResourceIdentifier[identifier];
    if (physicalId === undefined) {
      throw refused(`Resource identifier of ${logicalId} must have the member ${identifier}`);
    }
    return { logicalId, type: declared.type, physicalId };
  });
  if (imports.length === 0) {
    throw refused('ResourcesToImport must have at least one resource');
  }
  const expected = new Set([
    ...imports.map(({ logicalId }) => logicalId),
    ...(stack?.standing() ?? []).map(({ logicalId }) => logicalId),
  ]);
  const others = [...template.resources.keys()].filter((id) => !expected.has(id));
  if (others.length > 0) {
    throw refused(`As part of the import operation, you cannot modify or add [Resources]: [${others.join(', ')}]`);
  }
  return imports;
}

/** Makes resources that are there those of a stack, or leaves all as it was. */
export function importInto(
  state: WorldState,
  stack: Stack,
  design: StackDesign,
  imports: readonly ImportedResource[],
  token: string | undefined,
): void {
  const { stacks } = state.services;
  const before = stack.design;
  stacks.move(stack, 'IMPORT_IN_PROGRESS', 'User Initiated', token);
  const given = design.parameters.map(({ key, value }) => ({ ParameterKey: key, ParameterValue: value }));
  const { template } = readTemplate(design.templateText, given);
  stack.design = design;
  const run = new StackRun(state, stack, design, template, { token });
  const rollBack = (why: string) => {
    stacks.move(stack, 'IMPORT_ROLLBACK_IN_PROGRESS', why, token);
    imports.forEach(({ logicalId }) => stack.resources.delete(logicalId));
    stack.design = before;
    stacks.move(stack, 'IMPORT_ROLLBACK_COMPLETE', undefined, token);
  };
  for (const { logicalId, type, physicalId } of imports) {
    const at = { logicalId, type, physicalId };
    stacks.moveResource(stack, at, 'IMPORT_IN_PROGRESS', { reason: 'Resource import started.' });
    try {
      const made = adopt(state, stack, run, { logicalId, type, physicalId }, design);
      const line = stack.resources.get(logicalId);
      if (line !== undefined) {
        line.made = made;
      }
      stacks.moveResource(stack, made, 'IMPORT_COMPLETE', { reason: 'Resource import completed.' });
    } catch (error) {
      stacks.moveResource(stack, at, 'IMPORT_FAILED', { reason: whyRefused(state, stack, type, error) });
      rollBack(`The following resource(s) failed to import: [${logicalId}].`);
      return;
    }
  }
  try {
    run.settle(run.outputs());
  } catch (error) {
    rollBack(whyRefused(state, stack, STACK, error));
    return;
  }
  stacks.move(stack, 'IMPORT_COMPLETE', undefined, token);
}

function adopt(
  state: WorldState,
  stack: Stack,
  run: StackRun,
  { logicalId, type, physicalId }: ImportedResource,
  design: StackDesign,
): MadeResource {
  const declared = run.values.template.resources.get(logicalId);
  if (declared === undefined) {
    throw new ValueFault(`Template error: ${logicalId} is not there`);
  }
  const properties = run.values.properties(declared);
  const wish = { logicalId, type, properties, generation: 0, tags: design.tags, metadata: declared.metadata };
  const wanted = new Wanted(state, stack, { ...wish, properties: reveal(state, stack.env, properties) });
  const holder = state.services.stacks
    .standing(stack.env)
    .find((one) => one.standing().some((made) => made.type === type && made.physicalId === physicalId));
  if (holder !== undefined) {
    throw new Refused(`${physicalId} already belongs to stack ${holder.id}`);
  }
  const missing = `Resource of type '${type}' with identifier '${physicalId}' was not found.`;
  const { adopt: taken } = handlerOf(type);
  const made: Made | undefined = taken === undefined ? wanted.made() : taken(wanted, physicalId);
  if (made === undefined) {
    throw new Refused(missing);
  }
  if (made.physicalId !== physicalId) {
    throw new Refused(`The identifier ${physicalId} is not that of ${logicalId}, which is ${made.physicalId}`);
  }
  const { deletionPolicy = 'Delete', updateReplacePolicy = 'Delete' } = declared;
  const policies = { deletionPolicy: deletionPolicy as Policy, updateReplacePolicy: updateReplacePolicy as Policy };
  const after: MadeResource = { ...wish, ...made, ...policies };
  if (taken === undefined && !stands(state, wanted, after)) {
    throw new Refused(missing);
  }
  return after;
}

function stands(state: WorldState, wanted: Wanted, made: MadeResource): boolean {
  if (!/^AWS::(DynamoDB|RDS|S3)::/.test(made.type)) {
    return actualOf(state, wanted.env, made) !== undefined;
  }
  return resourcesOf(wanted).every(({ arn }) => state.ledger.resources.tryFind(arn)?.gone === false);
}

function refused(why: string): AwsFault {
  return new AwsFault('ValidationError', why);
}
