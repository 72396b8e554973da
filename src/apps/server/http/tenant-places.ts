/** Places that are taken for a while: so many in all, and so many for one tenant, so that no tenant can take them all. */
export class TenantPlaces {
  readonly #all: number;
  readonly #each: number;
  readonly #taken = new Map<string, number>();
  #sum = 0;

  constructor(all: number, each: number) {
    this.#all = all;
    this.#each = each;
  }

  hasRoom(tenant: string): boolean {
    return (this.#taken.get(tenant) ?? 0) < this.#each && this.#sum < this.#all;
  }

  /** Gives the place back; undefined when there is none for this tenant. */
  enter(tenant: string): (() => void) | undefined {
    if (!this.hasRoom(tenant)) return undefined;
    this.#taken.set(tenant, (this.#taken.get(tenant) ?? 0) + 1);
    this.#sum += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#leave(tenant);
    };
  }

  #leave(tenant: string): void {
    this.#sum -= 1;
    const its = (this.#taken.get(tenant) ?? 1) - 1;
    if (its === 0) this.#taken.delete(tenant);
    else this.#taken.set(tenant, its);
  }
}
