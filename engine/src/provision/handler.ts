/**
 * What a resource of a template is to be, what became of it, and what a type has to know to bring the one about.
 *
 * Pure: shapes, and one resource read alone by the readers of ingest/.
 * Source   docs/decisions/0032-cloudformation.md.
 */
import type { Environment } from '@holdfast/model';
import type { MadeResource, Properties, Stack } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import type { Declaration } from '../ingest/cloudformation/declaration';
import { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { Evaluator } from '../ingest/cloudformation/evaluator';
import type { Identity } from '../ingest/cloudformation/identities';
import { knownType } from '../ingest/cloudformation/known-types';
import type { Stack as TemplateStack } from '../ingest/cloudformation/stack';
import { tagsOf } from '../ingest/cloudformation/tag-list';
import { Unresolved } from '../ingest/cloudformation/unresolved';
import { generatedName } from '../domain/stateful-resources';
import { Refused } from './refusals';
import type { Work } from './work';

/** What the author of a template asks for, every reference in it resolved. */
export interface Wish {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
  readonly generation: number;
  /** Tags of the stack. */
  readonly tags: Readonly<Record<string, string>>;
  /** As written beside the properties, for assets. */
  readonly metadata: Properties;
}

/** What CloudFormation knows of a resource once it is there. */
export interface Made {
  readonly physicalId: string;
  readonly attributes: Properties;
}

/** A resource that is to be made or changed. */
export class Wanted {
  readonly state: WorldState;
  readonly env: Environment;
  private readonly evaluator: Evaluator;
  private readonly alone: TemplateStack;

  constructor(
    state: WorldState,
    readonly stack: Stack,
    readonly wish: Wish,
  ) {
    this.state = state;
    this.env = stack.env;
    this.alone = templateOfOne(stack, wish);
    this.evaluator = new Evaluator([this.alone], { env: stack.env, parameters: {}, values: {} });
  }

  /** The properties, read as the types that AWS gives them. */
  get properties(): DeclaredValue {
    return new DeclaredValue(this.evaluator, this.alone, this.wish.logicalId, this.wish.properties, true);
  }

  /** The same for the readers of artifacts. */
  get declaration(): Declaration {
    const { logicalId, type, tags: stackTags } = this.wish;
    return {
      logicalId,
      type,
      env: this.env,
      declaredAt: `${this.stack.name}/${logicalId}`,
      properties: this.properties,
      identity: () => this.identity,
      asset: () => undefined,
      withStackTags: (tags) => {
        const all = { ...stackTags, ...tags };
        return Object.keys(all).length === 0 ? undefined : all;
      },
    };
  }

  /** Name and ARN as ingest would have them; of another generation the name is another one. */
  get identity(): Identity {
    return this.evaluator.references.identities.of(this.resource, this.alone);
  }

  /** What `Ref` and `Fn::GetAtt` give where that follows from the name. */
  made(more: Properties = {}): Made {
    const { identities } = this.evaluator.references;
    const attributes: Record<string, unknown> = {};
    for (const name of Object.keys(knownType(this.wish.type)?.attributeTemplates ?? {})) {
      try {
        attributes[name] = identities.attribute(this.resource, name, this.alone);
      } catch (error) {
        if (!(error instanceof Unresolved)) {
          throw error;
        }
      }
    }
    return { physicalId: identities.ref(this.resource, this.alone), attributes: { ...attributes, ...more } };
  }

  /** Tags of a property, over those of the stack. */
  tags(property = 'Tags'): Record<string, string> {
    return { ...this.wish.tags, ...tagsOf(this.properties.member(property)) };
  }

  /** A name that CloudFormation makes up. */
  generated(): string {
    const { logicalId, type } = this.wish;
    const { incarnation, name } = this.stack;
    return generatedName(type, this.env, `${name}-${logicalId}-${incarnation}-${this.wish.generation}`);
  }

  private get resource() {
    return [...this.alone.template.resources.values()][0] as NonNullable<
      ReturnType<TemplateStack['template']['resources']['get']>
    >;
  }
}

/** A resource that stands, and is to be changed or to go. */
export interface Standing {
  readonly state: WorldState;
  readonly stack: Stack;
  readonly env: Environment;
  readonly made: MadeResource;
}

export interface ResourceHandler {
  /** Properties whose change makes another resource; undefined where every change does. */
  readonly replacedBy?: readonly string[];
  create(wanted: Wanted): Made | Promise<Made> | Work<Made>;
  update?(wanted: Wanted, standing: Standing): Made | Promise<Made> | Work<Made>;
  delete(standing: Standing): void | Promise<void> | Work<void>;
  /** What is there under an id that AWS made up, for imports; undefined where nothing is. */
  adopt?(wanted: Wanted, physicalId: string): Made | undefined;
  /** Makes a snapshot, for `DeletionPolicy: Snapshot`. */
  snapshot?(standing: Standing): void;
}

/** @throws Refused for properties that nothing here keeps */
export function refuseOthers({ properties, wish }: Wanted, known: readonly string[]): void {
  const others = properties.keys().filter((key) => !known.includes(key));
  if (others.length > 0) {
    throw new Refused(`NotEmulated: ${others.join(', ')} of an ${wish.type}`);
  }
}

/** A template that holds one resource alone. */
function templateOfOne(stack: Stack, wish: Wish): TemplateStack {
  const { type, properties } = wish;
  const again = [stack.incarnation, wish.generation].some((count) => count > 0);
  // A name that is made up differs from that of any resource whose place this one takes.
  const logicalId = again ? `${wish.logicalId}-${stack.incarnation}-${wish.generation}` : wish.logicalId;
  const resource = { logicalId, type, properties, dependsOn: [], metadata: wish.metadata };
  return {
    file: stack.name,
    name: stack.name,
    env: stack.env,
    tags: wish.tags,
    parameters: {},
    assets: new Map(),
    nested: new Map(),
    template: {
      file: stack.name,
      parameters: new Map(),
      mappings: {},
      conditions: {},
      resources: new Map([[logicalId, resource]]),
      outputs: new Map(),
      transforms: [],
    },
  };
}
