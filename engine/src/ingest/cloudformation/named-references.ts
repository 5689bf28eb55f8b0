/**
 * What the values of a template name, and which of those names nothing has.
 *
 * Pure: nothing is evaluated but the conditions that a caller wants to.
 * Source   AWS CloudFormation User Guide, "Ref", "Fn::GetAtt", "Fn::Sub", "DependsOn attribute"; the texts of errors are those seen in
 *          public threads.
 * Assumed  The text for an attribute that `Fn::Sub` names.
 */
import { intrinsicIn, type Template } from './template';

/** A name that a value has of something else. */
export interface NamedReference {
  /** Logical id, parameter or pseudo parameter. */
  readonly name: string;
  readonly by: 'Ref' | 'Fn::GetAtt' | 'Fn::Sub';
  /** As written; undefined for the thing itself. */
  readonly attribute?: string;
}

/**
 * What a value refers to.
 *
 * @param branchesOf the branches of an `Fn::If` that count, by its argument
 */
export function* referencesIn(raw: unknown, branchesOf: (argument: unknown) => unknown[]): Generator<NamedReference> {
  if (typeof raw !== 'object' || raw === null) {
    return;
  }
  const call = intrinsicIn(raw);
  if (call?.name === 'Ref' && typeof call.argument === 'string') {
    yield { name: call.argument, by: 'Ref' };
  } else if (call?.name === 'Fn::GetAtt') {
    const target = Array.isArray(call.argument) ? call.argument[0] : call.argument;
    if (typeof target === 'string') {
      yield { ...parts(target), by: 'Fn::GetAtt' };
    }
  } else if (call?.name === 'Fn::If') {
    for (const branch of branchesOf(call.argument)) {
      yield* referencesIn(branch, branchesOf);
    }
  } else {
    if (call?.name === 'Fn::Sub') {
      yield* referencesInText(call.argument);
    }
    for (const inner of Object.values(raw)) {
      yield* referencesIn(inner, branchesOf);
    }
  }
}

/** Names that a text of `Fn::Sub` refers to, variables of its own left out. */
function* referencesInText(argument: unknown): Generator<NamedReference> {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  for (const [, written = ''] of typeof text === 'string' ? text.matchAll(/\$\{([^!}][^}]*)\}/g) : []) {
    const name = written.trim();
    if (typeof variables !== 'object' || variables === null || !Object.hasOwn(variables, name)) {
      yield { ...parts(name), by: 'Fn::Sub' };
    }
  }
}

function parts(written: string): { readonly name: string; readonly attribute?: string } {
  const dot = written.indexOf('.');
  return dot === -1 ? { name: written } : { name: written.slice(0, dot), attribute: written.slice(dot + 1) };
}

/** Which part of a template counts. */
export interface Counted {
  /** Whether a condition holds; undefined where nobody asks. */
  readonly holds?: (condition: string | undefined) => boolean;
  /** The branches of an `Fn::If` that count, by its argument. */
  readonly branchesOf: (argument: unknown) => unknown[];
}

/**
 * Why a template is refused for what it names and does not have; undefined when it has it all.
 *
 * Source   that a resource whose condition does not hold is one that is not there, for Ref, and for Fn::GetAtt with the same text:
 *          issues #4535 of serverless/serverless and #216 of awslabs/aws-api-gateway-developer-portal (read 2026-11-27); for DependsOn:
 *          rule E3005 of cfn-lint.
 */
export function unresolvedIn(template: Template, counted: Counted = { branchesOf: bothBranches }): string | undefined {
  const { resources, outputs } = template;
  const holds = counted.holds ?? (() => true);
  const blocks = {
    Resources: [...resources.values()]
      .filter(({ condition }) => holds(condition))
      .map(({ properties, dependsOn }) => ({ values: properties, dependsOn })),
    Outputs: [...outputs.values()]
      .filter(({ condition }) => holds(condition))
      .map(({ value, exportName }) => ({ values: [value, exportName], dependsOn: [] })),
  };
  for (const [block, entries] of Object.entries(blocks)) {
    const missing = new Set<string>();
    for (const { values, dependsOn } of entries) {
      dependsOn.filter((id) => !stands(template, id, holds)).forEach((id) => missing.add(id));
      for (const reference of referencesIn(values, counted.branchesOf)) {
        const wrong = resources.has(reference.name) ? undefined : wrongAttribute(reference);
        if (wrong !== undefined) {
          return wrong;
        }
        if (!stands(template, reference.name, holds) && !isGiven(template, reference.name)) {
          missing.add(reference.name);
        }
      }
    }
    if (missing.size > 0) {
      const ids = [...missing].join(', ');
      return `Template format error: Unresolved resource dependencies [${ids}] in the ${block} block of the template`;
    }
  }
  return undefined;
}

function stands({ resources }: Template, logicalId: string, holds: NonNullable<Counted['holds']>): boolean {
  const resource = resources.get(logicalId);
  return resource !== undefined && holds(resource.condition);
}

function isGiven({ parameters }: Template, name: string): boolean {
  return parameters.has(name) || name.startsWith('AWS::');
}

/** What is said of an attribute of a resource that the template does not have at all. */
function wrongAttribute({ name, by, attribute }: NamedReference): string | undefined {
  if (by === 'Fn::GetAtt') {
    return `Template error: instance of Fn::GetAtt references undefined resource ${name}`;
  }
  return attribute === undefined
    ? undefined
    : `Template error: instance of Fn::Sub references invalid resource attribute ${name}.${attribute}`;
}

function bothBranches(argument: unknown): unknown[] {
  return Array.isArray(argument) ? argument.slice(1) : [];
}
