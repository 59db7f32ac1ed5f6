import { DroverError } from '../base/error.ts';
import {
  changeGroup,
  type DeviceGroup,
  deleteGroup,
  findGroup,
  findGroupByName,
  insertGroup,
} from '../store/groups.ts';
import type { Store } from '../store/store.ts';

/** Who keeps the groups of devices. Everything resolves after the commit; `person` is who asked for it. */
export class GroupDesk {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Throws `conflict.name`. */
  create(group: { name: string; serials: readonly string[] }, person: string): Promise<DeviceGroup> {
    return this.#store.write(async (tx) => {
      const made = await insertGroup(tx, group, person);
      if (!made) throw taken(group.name);
      return made;
    });
  }

  /** Throws `input.not-found`, `conflict.name`. */
  change(id: number, change: { name?: string; serials?: readonly string[] }, person: string): Promise<DeviceGroup> {
    return this.#store.write(async (tx) => {
      const namesake = change.name === undefined ? undefined : await findGroupByName(tx.db, change.name);
      if (change.name !== undefined && namesake && namesake.id !== id) throw taken(change.name);
      const changed = await changeGroup(tx, id, change, person);
      if (!changed) throw missing(id);
      return changed;
    });
  }

  /** Harmless when it is so already. Throws `input.not-found`. */
  changeMember(
    id: number,
    { serial, isMember }: { serial: string; isMember: boolean },
    person: string,
  ): Promise<DeviceGroup> {
    return this.#store.write(async (tx) => {
      const group = await findGroup(tx.db, id);
      if (!group) throw missing(id);
      if (group.serials.includes(serial) === isMember) return group;
      const others = group.serials.filter((one) => one !== serial);
      const changed = await changeGroup(tx, id, { serials: isMember ? [...others, serial] : others }, person);
      if (!changed) throw missing(id);
      return changed;
    });
  }

  /** Its devices stay. Throws `input.not-found`. */
  async remove(id: number, person: string): Promise<void> {
    if (!(await this.#store.write((tx) => deleteGroup(tx, id, person)))) throw missing(id);
  }
}

const taken = (name: string): DroverError =>
  new DroverError('conflict.name', {
    message: `there is a group "${name.trim()}" already`,
    details: { path: 'name' },
  });

const missing = (id: number): DroverError =>
  new DroverError('input.not-found', { message: `there is no group ${id}`, details: { group: id } });
