/**
 * Calls that tasks of Step Functions make: by the operations that the wire has, in its words and under its rules.
 *
 * Owns     nothing.
 * Source   the developer guide of Step Functions, "Learning to use AWS service SDK integrations": names of services, actions,
 *          parameters, results and errors; causes end as exceptions of the SDK for Java do.
 * Spec     ../domain/state-machines.md
 */
import type { StateFault } from '../domain/states-definition';
import type { TaskAnswer, TaskCall } from '../domain/task-integrations';
import type { WorldState } from '../domain/world-state';
import type { Caller } from '../operations/caller';
import { AwsFault } from '../operations/fault';
import type { LoadClient } from './answer';
import { deniedName, statusIn } from './credential-faults';
import { javaException, javaMember, pascal, upperFirst } from './java-names';
import { perform, tryOperate } from './perform';
import { type Operation, type Service, serviceOf } from './service';
import { SERVICES } from './services';
import { readParameters, UnfitParameters, writeResult } from './task-shapes';

/** Folders of operations that integrations call otherwise. */
const FOLDERS: Readonly<Record<string, string>> = { resourcegroupstaggingapi: 'tagging' };

/** Services whose errors do not begin with what their client is called. Source: the table of exception prefixes. */
const PREFIXES: Readonly<Record<string, string>> = { 'Config Service': 'Config' };

/** An operation that a task names. */
interface Named {
  readonly service: Service;
  readonly operation: Operation;
}

export class TaskCalls {
  constructor(
    private readonly state: WorldState,
    private readonly load: LoadClient,
  ) {}

  /** Makes a call. Faults of the engine itself are thrown. */
  async make(task: TaskCall): Promise<TaskAnswer> {
    const { service: name, action, optimized } = task.integration;
    const named = this.find(name, action);
    if (typeof named === 'string') {
      return { notRun: named };
    }
    const { service, operation } = named;
    const operate = tryOperate(service.signingName, operation.name);
    if (operate === undefined) {
      return { notRun: `${service.signingName}: ${operation.name} is not emulated` };
    }
    const naming = optimized === undefined ? javaMember : upperFirst;
    const called = { service: service.signingName, operation: operation.name };
    try {
      const given = readParameters(operation.input, task.parameters, naming, operation.required);
      const input = { ...tokensOf(operation, task.requestId), ...given };
      const output = await perform(this.state, callerOf(task), called, operate, input);
      return { output: writeResult(operation.output, output ?? {}, naming, optimized !== undefined) };
    } catch (error) {
      if (error instanceof UnfitParameters) {
        return { unfit: error.message };
      }
      if (error instanceof AwsFault) {
        return error.name === 'NotEmulated' ? { notRun: error.message } : { fault: faultOf(service, task, error) };
      }
      throw error;
    }
  }

  /** The operation, or why there is none. */
  private find(name: string, action: string): Named | string {
    const folder = FOLDERS[name] ?? name;
    const emulated = Object.hasOwn(SERVICES, folder) ? SERVICES[folder] : undefined;
    const module = emulated && this.load(emulated.signingName);
    if (emulated === undefined || module === undefined) {
      return `${name}: the service is not emulated`;
    }
    const service = serviceOf(emulated.signingName, module);
    const operation = service.operations.get(upperFirst(action));
    return operation === undefined || upperFirst(action) === action
      ? `${name}: there is no action ${action}`
      : { service, operation };
  }
}

/** What clients of the SDK give of themselves, so that AWS knows a call again. */
function tokensOf({ input }: Operation, token: string): Readonly<Record<string, string>> {
  const members = input.isUnitSchema() ? [] : [...input.structIterator()];
  const named = members.filter(([, member]) => member.isIdempotencyToken());
  return Object.fromEntries(named.map(([name]) => [name, token]));
}

function callerOf({ env, principalArn }: TaskCall): Caller {
  const { partition, account, region } = env;
  return { partition, account, region, ...(principalArn !== undefined && { principalArn }) };
}

/** Source: what the service does not declare is called after its client, such as `Ec2.Ec2Exception`. */
function faultOf(service: Service, task: TaskCall, error: AwsFault): StateFault {
  const { signingName, protocol, serviceId } = service;
  const { optimized } = task.integration;
  const name = error.name === 'AccessDeniedException' ? deniedName(signingName, protocol) : error.name;
  const modelled = service.errorSchema(name) !== undefined;
  const { code = name, status = statusIn(protocol, error.status) } = service.errorOnWire(name);
  if (optimized !== undefined) {
    const { prefix, client } = optimized;
    const exception = modelled ? `${name.replace(/Exception$/, '')}Exception` : `${client}Exception`;
    const ending = `(Service: ${client}; Status Code: ${status}; Error Code: ${code}; Request ID: ${task.requestId}; Proxy: null)`;
    return { error: `${prefix}.${exception}`, cause: `${error.message} ${ending}` };
  }
  const prefix = PREFIXES[serviceId] ?? pascal(serviceId);
  const exception = modelled ? javaException(name) : `${prefix}Exception`;
  const ending = `(Service: ${prefix}, Status Code: ${status}, Request ID: ${task.requestId})`;
  return { error: `${prefix}.${exception}`, cause: `${error.message} ${ending}` };
}
