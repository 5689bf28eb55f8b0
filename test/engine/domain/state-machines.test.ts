// State machines and the names of their executions.
import { StateMachines } from '../../../engine/src/domain/state-machines';
import { ENV } from '../scenarios/stage';

test('executions that begin at one instant have names of their own, by machine, input and turn', () => {
  const machines = new StateMachines(1);
  const arns = ['a', 'b'].map((name) => machines.add(ENV, name, '{}', 'role', 0).arn);
  const [a = '', b = ''] = arns;
  const names = [
    machines.start(a, '1', 5),
    machines.start(a, '1', 5),
    machines.start(a, '2', 6),
    machines.start(a, '1', 6),
    machines.start(b, '1', 5),
  ].map(({ name }) => name);
  expect(new Set(names).size).toBe(5);
  const other = new StateMachines(1);
  expect(other.start(a, '2', 5).name).not.toBe(names[0]);
  expect(machines.start(a, '1', 7, 'given').executionArn).toMatch(/:execution:a:given$/);
  expect(machines.tryFind(a)).toMatchObject({ name: 'a', traced: false, createdAt: 0 });
});
