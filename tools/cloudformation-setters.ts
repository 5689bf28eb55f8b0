/**
 * Which property of which construct sets which property of which CloudFormation type.
 */
import { App, Duration, IPropertyInjector, Stack } from 'aws-cdk-lib/core';
import { Change, changed, constructsOf, Setter, settersOf as settersIn, Used, Written } from './setters';

const PREFIX = 'AWS::Backup::';

/** Declares constructs with every property that they have. */
export type Declare = (stack: Stack) => void;

/** Constructs by the id that property injectors find them by. */
const CONSTRUCTS = constructsOf('lib', '@holdfast/cdk');

/** Nothing that costs time and does not tell what is set. */
const PLAIN = { analyticsReporting: false, stackTraces: false, treeMetadata: false };
process.env.CDK_VALIDATION ??= 'false';
// The CDK looks at the stack of the making of each construct; mapping it to the sources took a quarter of the time.
Error.prepareStackTrace = undefined;

/** Synthesizes, perhaps with one property changed; nothing when that is refused. */
function write(declare: Declare, used: Used, change?: Change): Written | undefined {
  const injectors = CONSTRUCTS.map(({ id }): IPropertyInjector => ({
    constructUniqueId: id,
    inject: (props: object) => {
      used.push({ id, props });
      return change?.id === id ? changed(props, change.path.split('.'), change.by) : props;
    },
  }));
  const app = new App({ propertyInjectors: injectors, ...PLAIN });
  try {
    declare(new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-central-1' } }));
    return read(app);
  } catch (error) {
    if (change === undefined) {
      throw error;
    }
    return undefined;
  }
}

function read(app: App): Written {
  const written = new Map<string, string[]>();
  for (const { template } of app.synth().stacksRecursively as { template: { Resources?: object } }[]) {
    for (const { Type, Properties } of Object.values(template.Resources ?? {}) as Resource[]) {
      if (Type.startsWith(PREFIX)) {
        flatten(Properties ?? {}, '', (path, text) =>
          written.set(`${Type} ${path}`, [...(written.get(`${Type} ${path}`) ?? []), text]),
        );
      }
    }
  }
  return new Map([...written].map(([path, texts]) => [path, texts.sort().join('\n')]));
}

interface Resource {
  readonly Type: string;
  readonly Properties?: object;
}

function flatten(value: unknown, path: string, tell: (path: string, text: string) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item) => flatten(item, `${path}[]`, tell));
    return;
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const isIntrinsic = entries.length === 1 && /^(Ref|Fn::.*)$/.test(entries[0]![0]);
  if (entries.length === 0 || isIntrinsic) {
    tell(path, JSON.stringify(value));
    return;
  }
  // What has keys of its author's choice is told as a whole, too.
  tell(path, JSON.stringify(value));
  entries.forEach(([key, item]) => flatten(item, path === '' ? key : `${path}.${key}`, tell));
}

function isDuration(value: unknown): value is Duration {
  return typeof value === 'object' && value !== null && 'toSeconds' in value;
}

/** The setters of all constructs that some declarations use. */
export function settersOf(declarations: readonly Declare[]): Setter[] {
  const changes: readonly Change['by'][] = [
    (value) => (isDuration(value) ? Duration.seconds(value.toSeconds() + 3600) : undefined),
    (value) => (isDuration(value) ? Duration.days(value.toDays() + 1) : undefined),
  ];
  return settersIn({ constructs: CONSTRUCTS, write, changes }, declarations);
}
