import * as holdfast from '@holdfast/cdk';
import { Vault } from '@holdfast/cdk';
import { App, InjectionContext, IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** The construct classes that users may make, as `name` and what they are known by to property injectors. */
function constructClasses(): [name: string, id: unknown][] {
  return Object.entries(holdfast).flatMap(([name, exported]): [string, unknown][] =>
    typeof exported === 'function' && exported.prototype instanceof Construct
      ? [[name, Reflect.get(exported, 'PROPERTY_INJECTION_ID')]]
      : [],
  );
}

test('the walk finds the constructs', () => {
  const names = constructClasses().map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining(['Plan', 'RestoreTestingPlan', 'Selection', 'Vault']));
});

test('every public construct takes property injectors under an id of its own', () => {
  const classes = constructClasses();
  expect(classes).toEqual(classes.map(([name]) => [name, `@holdfast/cdk.${name}`]));
});

test('every public construct asks for an injector when it is made', () => {
  for (const [name] of constructClasses()) {
    const stack = new Stack(new App(), 'S');
    const asked: InjectionContext[] = [];
    const injector: IPropertyInjector = {
      constructUniqueId: `@holdfast/cdk.${name}`,
      inject: (_, context) => {
        asked.push(context);
        throw new RangeError('asked');
      },
    };
    PropertyInjectors.of(stack).add(injector);
    const construct = Reflect.get(holdfast, name) as new (scope: Construct, id: string, props: object) => Construct;
    expect(() => new construct(stack, 'Made', {})).toThrow(new RangeError('asked'));
    expect(asked).toEqual([{ scope: stack, id: 'Made' }]);
  }
});

test('what an injector gives is what the construct is made of, and keeps its name', () => {
  const stack = new Stack(new App(), 'S');
  PropertyInjectors.of(stack).add({
    constructUniqueId: Vault.PROPERTY_INJECTION_ID,
    inject: (props: holdfast.VaultProps) => ({ vaultLock: { minRetentionDays: 7 }, ...props }),
  });
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'main' });
  expect(vault.constructor.name).toBe('Vault');
  const resource = vault.node.findChild('Resource').node.defaultChild;
  expect(Reflect.get(resource as object, 'lockConfiguration')).toEqual({ minRetentionDays: 7 });
});
