// The yardstick: pops and pushes on a binary heap over typed arrays, and nothing else.
// As many entries wait as waited in the World at its peak; each pop pushes one entry that comes up later.
'use strict';

function bareLoop(steps, pending) {
  const size = Math.max(1, pending);
  const keys = new Float64Array(size + 1);
  const subjects = new Int32Array(size + 1);
  let used = 0;

  const push = (key, subject) => {
    let child = used++;
    while (child > 0) {
      const parent = (child - 1) >>> 1;
      if (keys[parent] <= key) {
        break;
      }
      keys[child] = keys[parent];
      subjects[child] = subjects[parent];
      child = parent;
    }
    keys[child] = key;
    subjects[child] = subject;
  };

  const pop = () => {
    const subject = subjects[0];
    const key = keys[--used];
    const moved = subjects[used];
    let parent = 0;
    let child = 1;
    while (child < used) {
      if (child + 1 < used && keys[child + 1] < keys[child]) {
        child++;
      }
      if (key <= keys[child]) {
        break;
      }
      keys[parent] = keys[child];
      subjects[parent] = subjects[child];
      parent = child;
      child = 2 * child + 1;
    }
    keys[parent] = key;
    subjects[parent] = moved;
    return subject;
  };

  // A small generator of its own, so that no draw of the engine is measured.
  let state = 12345;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };

  for (let i = 0; i < size; i++) {
    push(draw(), i);
  }
  const began = process.hrtime.bigint();
  let checksum = 0;
  for (let step = 0; step < steps; step++) {
    const now = keys[0];
    const subject = pop();
    checksum = (checksum + subject) | 0;
    push(now + draw(), subject);
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (used !== size || Number.isNaN(checksum)) {
    throw new Error(`the bare loop lost entries: ${used} of ${size}`);
  }
  return seconds;
}

module.exports = { bareLoop };
