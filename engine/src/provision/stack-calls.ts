/**
 * What calls about stacks have in common: the stack that one names, and the design that it asks for.
 *
 * Pure: reads the World.
 * Source   API of CloudFormation 2010-05-15; the texts of errors are those seen in public threads.
 */
import type { Parameter, Tag } from '@aws-sdk/client-cloudformation';
import { OrganizationStackSetRules } from '@holdfast/model';
import type { Stack, StackDesign } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import { textAtUrl } from '../operations/bucket-code';
import type { Caller } from '../operations/caller';
import { AwsFault } from '../operations/fault';
import { malformedReferences, misplacedSecure, parameterOf } from './dynamic-references';
import { handlerOf } from './handlers';
import { Refused } from './refusals';
import { orRefuse, StackValues } from './stack-values';
import type { OnFailure } from './stack-lifecycle';
import { statementsIn } from './stack-policy';
import { parametersOf, readGivenTemplate, ReadTemplate } from './template-text';

const { TEMPLATE_BYTES: BODY_BYTES } = OrganizationStackSetRules;
/**
 * Of a template in a bucket. Source: CloudFormation user guide, "Quotas"; text as issue #10 of aws-samples/aws-vpc-cidr-mgmt quotes
 * it (read 2026-11-27).
 */
const OBJECT_BYTES = 1_000_000;
const TOO_LARGE = 'ValidationError';
/** Source: CreateStack, StackName. */
const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/;
/** Source: "Acknowledging IAM resources in CloudFormation templates". */
const IAM =
  /^AWS::IAM::(AccessKey|Group|InstanceProfile|ManagedPolicy|Policy|Role|RolePolicy|User|UserToGroupAddition)$/;
/** Properties by which an author names what IAM has. */
const IAM_NAMES = ['GroupName', 'InstanceProfileName', 'ManagedPolicyName', 'RoleName', 'UserName'];

/** Members that calls share which say what a stack is to be. */
export interface Asked {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
  readonly Parameters?: Parameter[] | undefined;
  readonly Capabilities?: readonly string[] | undefined;
  readonly RoleARN?: string | undefined;
  readonly Tags?: Tag[] | undefined;
  readonly NotificationARNs?: string[] | undefined;
}

/** @throws AwsFault ValidationError when nothing of the name stands, and nothing had the id */
export function findStack(state: WorldState, caller: Caller, nameOrId: string | undefined): Stack {
  const name = nameOrId ?? '';
  const found = state.services.stacks.tryFind(caller, name);
  if (found === undefined) {
    throw new AwsFault('ValidationError', `Stack with id ${name} does not exist`);
  }
  return found;
}

/** @throws AwsFault ValidationError when the stack was deleted, too */
export function findStandingStack(state: WorldState, caller: Caller, nameOrId: string | undefined): Stack {
  const found = findStack(state, caller, nameOrId);
  if (found.deletedAt !== undefined) {
    throw new AwsFault('ValidationError', `Stack [${nameOrId}] does not exist`);
  }
  return found;
}

/** @throws AwsFault ValidationError when it is no name of a stack */
export function stackName(given: string | undefined): string {
  if (given === undefined || !STACK_NAME.test(given)) {
    const what = 'failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*';
    throw new AwsFault('ValidationError', `1 validation error detected: Value '${given ?? ''}' at 'stackName' ${what}`);
  }
  return given;
}

/** The text of a template that a call names. */
export function templateText(state: WorldState, caller: Caller, asked: Asked, before?: StackDesign): string {
  const { TemplateBody, TemplateURL, UsePreviousTemplate } = asked;
  if (UsePreviousTemplate === true && before !== undefined) {
    return before.templateText;
  }
  if (TemplateBody !== undefined && TemplateURL === undefined) {
    if (Buffer.byteLength(TemplateBody) > BODY_BYTES) {
      const what = `Member must have length less than or equal to ${BODY_BYTES}`;
      const value = "1 validation error detected: Value at 'templateBody' failed to satisfy constraint";
      throw new AwsFault('ValidationError', `${value}: ${what}`);
    }
    return TemplateBody;
  }
  if (TemplateURL !== undefined && TemplateBody === undefined) {
    return templateAt(state, caller, TemplateURL);
  }
  throw new AwsFault('ValidationError', 'Either Template URL or Template Body must be specified.');
}

/** The text of a template in a bucket. */
export function templateAt(state: WorldState, caller: Caller, url: string): string {
  try {
    return textAtUrl(state, caller, url, (sizeBytes) => {
      if (sizeBytes > OBJECT_BYTES) {
        throw new AwsFault(TOO_LARGE, `Template may not exceed ${OBJECT_BYTES} bytes in size.`);
      }
    });
  } catch (fault) {
    if (fault instanceof AwsFault && fault.name !== TOO_LARGE) {
      throw new AwsFault('ValidationError', `S3 error: ${fault.message}`);
    }
    throw fault;
  }
}

/**
 * What a call asks a stack to be.
 *
 * @throws AwsFault ValidationError, or InsufficientCapabilitiesException
 */
export function designOf(
  state: WorldState,
  caller: Caller,
  name: string,
  asked: Asked,
  before?: StackDesign,
): { readonly design: StackDesign; readonly read: ReadTemplate } {
  const text = templateText(state, caller, asked, before);
  const read = readGivenTemplate(text, asked.Parameters);
  const parameters = parametersOf(read, asked.Parameters ?? [], before?.parameters ?? [], (parameter) => {
    const found = parameterOf(state, caller, parameter);
    if (found === undefined) {
      const why = `Unable to fetch parameters [${parameter}] from parameter store for this account.`;
      throw new AwsFault('ValidationError', why);
    }
    return found;
  });
  const capabilities = asked.Capabilities ?? [];
  refuseCapabilities(read, capabilities);
  const design: StackDesign = {
    templateText: text,
    parameters,
    tags: asked.Tags === undefined ? (before?.tags ?? {}) : tagsOf(asked.Tags),
    capabilities,
    roleArn: asked.RoleARN ?? before?.roleArn,
    notificationArns: asked.NotificationARNs ?? before?.notificationArns ?? [],
  };
  refuseOrder(state, caller, name, design, read);
  return { design, read };
}

/** Source: "Requires capabilities : [CAPABILITY_NAMED_IAM]". */
export function capabilitiesOf({ template }: ReadTemplate): string[] {
  const iam = [...template.resources.values()].filter(({ type }) => IAM.test(type));
  const named = iam.some(({ properties }) => IAM_NAMES.some((name) => Object.hasOwn(properties, name)));
  return iam.length === 0 ? [] : [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'];
}

function refuseCapabilities(read: ReadTemplate, given: readonly string[]): void {
  const missing = capabilitiesOf(read).filter(
    (one) => !given.includes(one) && !(one === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  );
  if (missing.length > 0) {
    throw new AwsFault('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`);
  }
}

/** Circles, conditions that are not known, and names that no resource has are refused before anything is made. */
function refuseOrder(state: WorldState, caller: Caller, name: string, design: StackDesign, read: ReadTemplate): void {
  const nothing = () => '';
  const lookups = { ref: nothing, attribute: nothing, imported: nothing, resolved: nothing };
  const env = { partition: caller.partition, account: caller.account, region: caller.region };
  const standing = state.services.stacks.tryFind(caller, name);
  const values = new StackValues(standing ?? { id: '', name, env }, read.template, design, lookups);
  const unresolved =
    malformedReferences(read.template) ?? misplacedSecure(read.template) ?? orRefuse(() => values.unresolved());
  if (unresolved !== undefined) {
    throw new AwsFault('ValidationError', unresolved);
  }
  for (const resource of orRefuse(() => values.order())) {
    const before = standing?.resources.get(resource.logicalId)?.made;
    if (before !== undefined && before.type !== resource.type) {
      const why = 'Update of resource type is not permitted. The new template modifies resource type of the following';
      throw new AwsFault('ValidationError', `${why} resources: [${resource.logicalId}]`);
    }
  }
}

/** Source: OnFailure and DisableRollback: one or the other. */
export function onFailureOf(onFailure: string | undefined, disableRollback: boolean | undefined): OnFailure {
  if (onFailure !== undefined && disableRollback !== undefined) {
    throw new AwsFault('ValidationError', 'You may only specify one of OnFailure or DisableRollback.');
  }
  return onFailure === 'DELETE' || onFailure === 'DO_NOTHING' || onFailure === 'ROLLBACK'
    ? onFailure
    : disableRollback === true
      ? 'DO_NOTHING'
      : 'ROLLBACK';
}

/** @throws AwsFault ValidationError while a stack is in a status that lets nothing begin */
export function refuseStatus(stack: Stack, allowed: RegExp, verb: string): void {
  if (!allowed.test(stack.status)) {
    const where = `Stack:${stack.id} is in ${stack.status} state and can not be ${verb}.`;
    throw new AwsFault('ValidationError', where);
  }
}

/** @throws AwsFault ValidationError when a text is no policy of a stack */
export function refuseNoPolicy(text: string | undefined): void {
  if (text !== undefined && statementsIn(text) === undefined) {
    throw new AwsFault('ValidationError', 'Error validating stack policy: Invalid stack policy');
  }
}

export function tagsOf(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** Whether a type is brought about by anything. */
export function isEmulated(type: string): boolean {
  try {
    handlerOf(type);
    return true;
  } catch (error) {
    if (error instanceof Refused) {
      return false;
    }
    throw error;
  }
}
