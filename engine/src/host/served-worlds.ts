/**
 * The Worlds behind one server, by name: each is made when the first request for it comes, and knows nothing of others.
 *
 * Owns     the Worlds. What one of them does keeps no other waiting.
 */
import { shortInstant } from '../kernel/instant';
import { CONTROL, refusalOf, unknownEndpoint } from '../wire/control';
import { ControlFault, jsonAnswer } from '../wire/control-body';
import { textOf, WireAnswer, WireRequest } from '../wire/message';
import { DEFAULT_WORLD, worldNameFault, worldOf } from '../wire/world-path';
import type { BodyStore } from './bodies/body-store';
import { settleBodies } from './bodies/offered';
import type { CommandJson } from './command';
import type { DatabasePorts } from './content/database-ports';
import type { Answering } from './http-front';
import { Keeper, MemoryKeeper } from './keeper';
import { ServedProps, ServedWorld } from './served-world';
import { StoreFault } from './store-fault';

/** As many as fit into memory beside what they hold. */
const MOST_WORLDS = 1000;

const WORLDS = `${CONTROL}worlds`;
const ENDPOINTS = ['GET worlds', 'DELETE worlds'];

export class ServedWorlds implements Answering {
  private readonly worlds = new Map<string, ServedWorld>();

  constructor(
    private readonly props: ServedProps,
    private readonly keeper: Keeper = new MemoryKeeper(),
    private readonly wall: () => number = Date.now,
    private readonly ports?: DatabasePorts,
  ) {
    this.find(DEFAULT_WORLD);
  }

  /** Where bodies go that are too large for memory. */
  get bodies(): BodyStore {
    return this.keeper.bodies;
  }

  /** Does again what was kept of a World. */
  async again(name: string, command: CommandJson): Promise<void> {
    let world;
    try {
      world = this.find(name);
    } catch (fault) {
      throw fault instanceof ControlFault ? new StoreFault(fault.message) : fault;
    }
    await world.again(command);
  }

  /** All that was kept is done again: from now on real time counts, and what no World has any more goes. */
  async resume(): Promise<void> {
    for (const world of this.worlds.values()) {
      await world.resume();
    }
    const needed = [...this.worlds.values()].flatMap(({ state }) => state.buckets.bodies.needed());
    await settleBodies(this.bodies, needed);
    await this.keeper.dropOthers(new Map([...this.worlds].map(([name, { store }]) => [name, store])));
  }

  /** Ends what runs beside the Worlds; what a data folder has stays. */
  async close(): Promise<void> {
    for (const world of this.worlds.values()) {
      await world.close();
    }
    this.bodies.leave();
  }

  /** The World of requests that name none becomes that of a snapshot. @throws StoreFault when that is refused */
  async load(snapshot: string): Promise<void> {
    // Asked for as a caller would, so that it is kept among the commands.
    const { status, body } = await this.answer({
      method: 'POST',
      path: `${CONTROL}snapshot`,
      query: {},
      headers: {},
      body: Buffer.from(snapshot, 'utf8'),
    });
    if (status !== 200) {
      throw new StoreFault((JSON.parse(textOf(body)) as { message: string }).message);
    }
  }

  async answer(sent: WireRequest): Promise<WireAnswer> {
    const { name, request } = worldOf(sent);
    try {
      if (request.method === 'GET' && `${request.path}/` === CONTROL) {
        // Of a page its own address says where its parts are.
        const location = `${request.prefix ?? ''}${CONTROL}`;
        return { status: 302, headers: { location }, body: new Uint8Array(0) };
      }
      if (request.path === WORLDS || request.path.startsWith(`${WORLDS}/`)) {
        return jsonAnswer(200, await this.control(request));
      }
      return await this.find(name).answer(request);
    } catch (fault) {
      // It never came to a World.
      await this.bodies.remove([sent.held?.bytes.id ?? []].flat());
      return refusalOf(fault);
    }
  }

  /** @throws ControlFault when the name is none, or there are too many */
  private find(name: string): ServedWorld {
    const known = this.worlds.get(name);
    if (known !== undefined) {
      return known;
    }
    const fault = worldNameFault(name);
    if (fault !== undefined) {
      throw new ControlFault(fault);
    }
    if (this.worlds.size >= MOST_WORLDS) {
      throw new ControlFault(`there are ${MOST_WORLDS} Worlds, and no more fit; DELETE ${WORLDS}/<name> makes room`);
    }
    const made = new ServedWorld(this.props, name, this.keeper, this.wall, this.ports);
    this.worlds.set(name, made);
    return made;
  }

  private async control(request: WireRequest): Promise<object> {
    const [name = '', ...others] = request.path.slice(WORLDS.length + 1).split('/');
    if (request.method === 'GET' && name === '') {
      return this.list();
    }
    if (request.method !== 'DELETE' || name === '' || others.length > 0) {
      throw unknownEndpoint(request, ENDPOINTS);
    }
    const world = this.worlds.get(name);
    if (world === undefined) {
      throw new ControlFault(`there is no World '${name}'`, 404);
    }
    await world.empty();
    // Whoever asked for it meanwhile has a new one already.
    if (name !== DEFAULT_WORLD && world.idle) {
      this.worlds.delete(name);
    }
    return this.list();
  }

  private list(): object {
    const worlds = [...this.worlds].map(([name, { state }]) => ({ name, now: shortInstant(state.now) }));
    return { schema: 'holdfast.worlds/1', worlds };
  }
}
