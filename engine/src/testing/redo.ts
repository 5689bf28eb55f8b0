/**
 * Does again what was done to a World that was saved.
 *
 * Owns     nothing.
 */
import { readCommand } from '../host/command';
import { StoreFault } from '../host/store-fault';
import type { ReadResult } from '../ingest/artifact';
import type { Answerer } from '../wire/answer';
import type { Command } from './recording';
import type { World } from './world';

/** A World, and what of it its users do not reach. */
export interface Redone {
  readonly world: World;
  deploy(read: ReadResult): unknown;
  /** Closes the events of the instant. */
  settle(): unknown;
  answerer(principal: string | undefined): Pick<Answerer, 'answer'>;
}

/** @throws StoreFault when a command fails and did not then, or the other way round */
export async function redo(commands: readonly Command[], on: Redone): Promise<void> {
  for (const [index, command] of commands.entries()) {
    await repeat(command, index, () => again(command, on));
  }
}

function again(command: Command, on: Redone): unknown {
  const { world } = on;
  switch (command.do) {
    case 'deploy':
      return on.deploy(command.read);
    case 'add':
      return world.add(command.resource);
    case 'infect':
      return world.infect(command.resource);
    case 'remove':
      return world.remove(command.resource);
    case 'advance':
      return world.advance(command.stretch);
    case 'add-fault':
      return world.faults.add(command.fault);
    case 'clear-fault':
      return world.faults.clear(command.fault);
    case 'approve':
      return world.approvals.approve(command.session);
    case 'deny':
      return world.approvals.deny(command.session);
    case 'listen':
      return world.trail();
    case 'settle':
      return on.settle();
    case 'call':
      return callAgain(command, on);
  }
}

async function callAgain(call: Extract<Command, { do: 'call' }>, on: Redone): Promise<void> {
  const { request, principal, status } = call;
  const { request: sent } = readCommand({ request });
  const came = sent && (await on.answerer(principal).answer(sent)).status;
  if (came !== status) {
    throw new StoreFault(`${request.method} ${request.path} was answered ${status} then, and ${came} now`);
  }
}

async function repeat(command: Command, index: number, work: () => unknown): Promise<void> {
  const then = command.failed === true;
  let fault: unknown;
  try {
    await work();
  } catch (error) {
    fault = error;
  }
  if (fault !== undefined && (!then || fault instanceof StoreFault)) {
    throw new StoreFault(`command ${index} (${command.do}) fails: ${(fault as Error).message}`);
  }
  if (fault === undefined && then) {
    throw new StoreFault(`command ${index} (${command.do}) failed then, and does not now`);
  }
}
