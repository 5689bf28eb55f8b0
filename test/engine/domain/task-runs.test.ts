// Calls of tasks that are due, and tasks that wait: when the clock stands still for them, and how they end.
import { HEARTBEAT_TIMEOUT, TIMEOUT } from '../../../engine/src/domain/states-definition';
import { type Integration, integrationOf } from '../../../engine/src/domain/task-integrations';
import type { Outcome, WaitingTask } from '../../../engine/src/domain/task-runs';
import { parseInstant, SECOND } from '../../../engine/src/kernel/instant';
import { ENV, world } from '../scenarios/stage';

const NOW = parseInstant('2027-01-01');
const CALL = {
  integration: integrationOf('arn:aws:states:::aws-sdk:backup:listBackupVaults') as Integration,
  parameters: {},
  env: ENV,
  principalArn: undefined,
};

function staged() {
  const state = world('2027-01-01', {});
  return { state, tasks: state.services.executions.tasks };
}

describe('calls', () => {
  test('are made one after the other, while the clock stands still for each', async () => {
    const { state, tasks } = staged();
    const answers: unknown[] = [];
    tasks.begin(({ parameters }) => Promise.resolve({ output: parameters }));
    for (const parameters of ['one', 'other']) {
      tasks.call({ ...CALL, parameters }, (answer) => answers.push(answer));
    }
    const moves = () => state.runUntil(NOW + SECOND);
    for (const made of [1, 2]) {
      expect([moves(), moves(), state.now]).toEqual([false, false, NOW]);
      await tasks.next()?.();
      expect([answers.length, tasks.next()]).toEqual([made, undefined]);
    }
    expect([moves(), answers]).toEqual([true, [{ output: 'one' }, { output: 'other' }]]);
  });

  test('each have a request of their own, the same in every run of a World', async () => {
    const ids = async () => {
      const { tasks } = staged();
      const requests: string[] = [];
      tasks.begin(({ requestId }) => Promise.resolve({ output: requests.push(requestId) }));
      for (let i = 0; i < 3; i++) {
        await tasks.made(CALL);
      }
      return requests;
    };
    const one = await ids();
    expect(new Set(one).size).toBe(3);
    expect(await ids()).toEqual(one);
  });

  test('are not made in a World where nobody makes them, which says so', async () => {
    const notRun = 'calls of backup:listBackupVaults are not made in this World';
    expect(await staged().tasks.made(CALL)).toEqual({ notRun });
  });
});

describe('a task that waits', () => {
  interface Wait {
    readonly timeoutMs?: number;
    readonly heartbeatMs?: number;
    readonly isStopped?: () => boolean;
  }

  function waiting({ isStopped = () => false, timeoutMs, heartbeatMs }: Wait = {}) {
    const { state, tasks } = staged();
    const ends: [seconds: number, outcome: Outcome][] = [];
    const then = (outcome: Outcome) => ends.push([(state.now - NOW) / SECOND, outcome]);
    const patience = { timeoutMs, heartbeatMs };
    const task = tasks.wait({ machineArn: 'arn:m', token: 't', patience, isStopped, then });
    const at = (seconds: number) => state.runUntil(NOW + seconds * SECOND);
    return { state, tasks, task, ends, at };
  }

  const heard = ({ task, state }: { task: WaitingTask; state: { now: number } }) => (task.heardAt = state.now);

  test('ends once, with what it hears first, and is over then', () => {
    const { tasks, task, ends, at } = waiting({ timeoutMs: 60 * SECOND });
    expect([tasks.tryFind('t'), tasks.tryFind('u'), task.isOver()]).toEqual([task, undefined, false]);
    at(5);
    task.end({ output: 'first' });
    expect(task.isOver()).toBe(true);
    task.end({ output: 'second' });
    at(120);
    expect(ends).toEqual([[5, { output: 'first' }]]);
  });

  test('is over, and hears nothing more, when what it belongs to has ended', () => {
    let stopped = false;
    const { task, ends } = waiting({ isStopped: () => stopped });
    stopped = true;
    expect(task.isOver()).toBe(true);
    task.end({ output: 'late' });
    expect(ends).toEqual([]);
  });

  test('ends when its time is up', () => {
    const { ends, at } = waiting({ timeoutMs: 60 * SECOND });
    at(120);
    expect(ends).toEqual([[60, { fault: { error: TIMEOUT, cause: '' } }]]);
  });

  test('ends when nothing was heard of it for as long as it may be silent, from when it was heard last', () => {
    const stage = waiting({ heartbeatMs: 60 * SECOND });
    for (const seconds of [40, 50]) {
      stage.at(seconds);
      heard(stage);
    }
    stage.at(109);
    expect(stage.ends).toEqual([]);
    stage.at(600);
    expect(stage.ends).toEqual([[110, { fault: { error: HEARTBEAT_TIMEOUT, cause: '' } }]]);
  });

  test('that was heard of and has ended is not told that it was silent later', () => {
    const stage = waiting({ heartbeatMs: 60 * SECOND });
    stage.at(40);
    heard(stage);
    stage.task.end({ output: 'made' });
    stage.at(600);
    expect(stage.ends).toEqual([[40, { output: 'made' }]]);
  });
});
