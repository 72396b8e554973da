/** Half-edges are numbered three a triangle, in its turning order; edge e runs from vertex `starts[e]` to `starts[nextEdge(e)]`. */
export const nextEdge = (e: number): number => (e % 3 === 2 ? e - 2 : e + 1);
export const previousEdge = (e: number): number => (e % 3 === 0 ? e + 2 : e - 1);

/** A circle test must pass by this share of its terms before an edge is flipped, so that rounding cannot flip it back and forth. */
const CIRCLE_SLACK = 1e-13;
/** Steps of a walk, and flips for one wall, after which something is wrong with the numbers. */
const PATIENCE = 100_000;
/** Walls that had to give way to a vertex, after which the lattice is too coarse for what is drawn. */
const MOST_BENDS = 1000;
/** Of the square. */
const CORNERS = 4;

/**
 * A Delaunay triangulation of points on a whole-number lattice, with walls: edges that stay whatever the circles say. Grown point by point inside a
 * square, by walking, splitting and flipping (C. L. Lawson, "Software for C1 surface interpolation", 1977); walls come in by flipping what
 * crosses them (S. W. Sloan, "A fast algorithm for generating constrained Delaunay triangulations", 1993). With coordinates below 2^25 the
 * side of a point is told exactly.
 */
export class Triangulation {
  readonly x: number[] = [];
  readonly y: number[] = [];
  /** Vertex each half-edge starts from. */
  readonly starts: number[] = [];
  /** The same edge seen from the other side, -1 on the square. */
  readonly twins: number[] = [];
  /** 1 for walls: both halves. */
  readonly walls: number[] = [];
  readonly #edgeOf: number[] = [];
  readonly #stack: number[] = [];
  #last = 0;
  #bends = 0;

  /** An empty square from (-size, -size) to (2 size, 2 size); points belong between 0 and size. Its corners are vertices 0 to 3. */
  constructor(size: number) {
    const [low, high] = [-size - 1, 2 * size + 1];
    for (const [x, y] of [
      [low, low],
      [high, low],
      [high, high],
      [low, high],
    ] as const)
      this.#newVertex(x, y);
    this.#newTriangle(0, 1, 2);
    this.#newTriangle(0, 2, 3);
    this.#link(2, 3);
  }

  get edgeCount(): number {
    return this.starts.length;
  }

  start(e: number): number {
    return this.starts[e] ?? 0;
  }

  end(e: number): number {
    return this.starts[nextEdge(e)] ?? 0;
  }

  twin(e: number): number {
    return this.twins[e] ?? -1;
  }

  isWall(e: number): boolean {
    return this.walls[e] === 1;
  }

  /** Positive when (px, py) lies to the turning side of the line from a to b. */
  side(a: number, b: number, px: number, py: number): number {
    const [ax, ay] = [this.x[a] ?? 0, this.y[a] ?? 0];
    return ((this.x[b] ?? 0) - ax) * (py - ay) - ((this.y[b] ?? 0) - ay) * (px - ax);
  }

  /** Adds a point, or finds the one that is there already; gives its number. */
  add(px: number, py: number): number {
    let e = this.#last - (this.#last % 3);
    for (let step = 0; step < PATIENCE; step += 1) {
      const out = this.#leaving(e, px, py);
      if (out < 0) break;
      const over = this.twin(out);
      if (over < 0) break;
      e = over - (over % 3);
    }
    let onEdge = -1;
    for (let k = e; k < e + 3; k += 1) {
      const v = this.start(k);
      if (this.x[v] === px && this.y[v] === py) return v;
      if (this.side(v, this.end(k), px, py) === 0) onEdge = k;
    }
    const vertex = this.#newVertex(px, py);
    if (onEdge >= 0) this.#splitEdge(onEdge, vertex);
    else this.#splitTriangle(e, vertex);
    this.#settle();
    this.#last = this.#edgeOf[vertex] ?? 0;
    return vertex;
  }

  /** Puts a vertex on a half-edge, near enough to it that no triangle turns over; both parts stay walls if it was one. Gives -1 if it cannot. */
  divide(e: number, px: number, py: number): number {
    const twin = this.twin(e);
    const fits = (edge: number): boolean => {
      const apex = this.start(previousEdge(edge));
      return this.side(this.end(edge), apex, px, py) > 0 && this.side(apex, this.start(edge), px, py) > 0;
    };
    if (!fits(e) || (twin >= 0 && !fits(twin))) return -1;
    const vertex = this.#newVertex(px, py);
    this.#splitEdge(e, vertex);
    this.#settle();
    return vertex;
  }

  /** The half-edge from one vertex to another, or -1. */
  edgeBetween(a: number, b: number): number {
    // Corners of the square are not surrounded: their edges are found from the other end.
    return a < CORNERS ? this.twin(this.#edgeFrom(b, a)) : this.#edgeFrom(a, b);
  }

  #edgeFrom(a: number, b: number): number {
    const first = this.#edgeOf[a] ?? 0;
    let e = first;
    for (let turn = 0; turn < PATIENCE; turn += 1) {
      if (this.end(e) === b) return e;
      e = this.twin(previousEdge(e));
      if (e === first || e < 0) return -1;
    }
    return -1;
  }

  /** Makes walls from a to b, by way of the vertices that lie between them; toggles walls that are there. False if numbers are too coarse for it. */
  addWall(a: number, b: number): boolean {
    let from = a;
    for (let part = 0; from !== b && part < PATIENCE; part += 1) {
      const to = this.#wallTowards(from, b);
      if (to < 0) return false;
      from = to;
    }
    return true;
  }

  #wallTowards(a: number, b: number): number {
    const [ax, ay, bx, by] = [this.x[a] ?? 0, this.y[a] ?? 0, this.x[b] ?? 0, this.y[b] ?? 0];
    const first = this.#edgeOf[a] ?? 0;
    let e = first;
    for (let turn = 0; turn < PATIENCE; turn += 1) {
      const p = this.end(e);
      if (p === b) return this.#toggle(e, b);
      const beyond = this.side(a, p, bx, by);
      const [px, py] = [(this.x[p] ?? 0) - ax, (this.y[p] ?? 0) - ay];
      if (beyond === 0 && px * (bx - ax) + py * (by - ay) > 0) return this.#toggle(e, p);
      const q = this.start(previousEdge(e));
      if (beyond > 0 && this.side(a, q, bx, by) < 0) return this.#carve(a, b, nextEdge(e));
      e = this.twin(previousEdge(e));
      if (e === first || e < 0) return -1;
    }
    return -1;
  }

  #toggle(e: number, reached: number): number {
    const wall = this.isWall(e) ? 0 : 1;
    this.walls[e] = wall;
    const twin = this.twin(e);
    if (twin >= 0) this.walls[twin] = wall;
    return reached;
  }

  /** Flips the edges that cross the way from a to b, the first of which is `crossing`, or to the first vertex on the way. */
  #carve(a: number, b: number, crossing: number): number {
    const crossed: (readonly [number, number])[] = [];
    let goal = b;
    for (let e = crossing; ; ) {
      if (this.isWall(e)) return this.#meetWall(a, b, e);
      crossed.push([this.start(e), this.end(e)]);
      const over = this.twin(e);
      if (over < 0) return -1;
      const apex = this.start(previousEdge(over));
      if (apex === b) break;
      const off = this.side(a, b, this.x[apex] ?? 0, this.y[apex] ?? 0);
      if (off === 0) {
        goal = apex;
        break;
      }
      // The edge of the next triangle whose ends lie on either side of the way.
      e = off > 0 ? nextEdge(over) : previousEdge(over);
      if (
        this.side(a, b, this.x[this.start(e)] ?? 0, this.y[this.start(e)] ?? 0) *
          this.side(a, b, this.x[this.end(e)] ?? 0, this.y[this.end(e)] ?? 0) >=
        0
      )
        e = off > 0 ? previousEdge(over) : nextEdge(over);
      if (crossed.length > PATIENCE) return -1;
    }
    return this.#flipAll(crossed, a, goal);
  }

  /** Two walls cross, by rounding: both go through a vertex where they do, or through the nearest one where there is no room for another. */
  #meetWall(a: number, b: number, e: number): number {
    const [p, q] = [this.start(e), this.end(e)];
    const [ax, ay] = [this.x[a] ?? 0, this.y[a] ?? 0];
    const from = this.side(p, q, ax, ay);
    const share = from / (from - this.side(p, q, this.x[b] ?? 0, this.y[b] ?? 0));
    const [x, y] = [ax + share * ((this.x[b] ?? 0) - ax), ay + share * ((this.y[b] ?? 0) - ay)];
    const vertex = this.divide(e, Math.round(x), Math.round(y));
    if (vertex >= 0) return this.#wallTowards(a, vertex);
    const off = (v: number): number => Math.hypot((this.x[v] ?? 0) - x, (this.y[v] ?? 0) - y);
    const around = [p, q, a, b, this.start(previousEdge(e)), this.start(previousEdge(this.twin(e)))];
    const nearest = around.reduce((best, v) => (off(v) < off(best) ? v : best));
    if (nearest !== p && nearest !== q && !this.#bend(e, nearest)) return -1;
    return this.#wallTowards(a, nearest === a ? b : nearest);
  }

  /** Leads a wall by way of a vertex that lies a step beside it. */
  #bend(e: number, vertex: number): boolean {
    const [p, q] = [this.start(e), this.end(e)];
    this.#bends += 1;
    if (this.#bends > MOST_BENDS) return false;
    this.#toggle(e, q);
    return this.addWall(p, vertex) && this.addWall(vertex, q);
  }

  #flipAll(crossed: (readonly [number, number])[], a: number, b: number): number {
    const fresh: (readonly [number, number])[] = [];
    const side = (v: number): number => this.side(a, b, this.x[v] ?? 0, this.y[v] ?? 0);
    for (let tries = 0; crossed.length > 0; tries += 1) {
      if (tries > PATIENCE) return -1;
      const pair = crossed.shift();
      if (!pair) break;
      const e = this.edgeBetween(pair[0], pair[1]);
      if (e < 0) continue;
      const [p, q] = [this.start(previousEdge(e)), this.start(previousEdge(this.twin(e)))];
      if (!this.#isConvex(e, p, q)) {
        crossed.push(pair);
        continue;
      }
      this.#flip(e);
      if (p !== a && p !== b && q !== a && q !== b && side(p) * side(q) < 0) crossed.push([p, q]);
      else fresh.push([p, q]);
    }
    const wall = this.edgeBetween(a, b);
    if (wall < 0) return -1;
    this.#toggle(wall, b);
    for (const [p, q] of fresh) {
      const e = this.edgeBetween(p, q);
      if (e >= 0) this.#stack.push(e);
    }
    this.#settle();
    return b;
  }

  #isConvex(e: number, p: number, q: number): boolean {
    const [a, b] = [this.start(e), this.end(e)];
    const one = this.side(p, q, this.x[a] ?? 0, this.y[a] ?? 0);
    const other = this.side(p, q, this.x[b] ?? 0, this.y[b] ?? 0);
    return one * other < 0;
  }

  #newVertex(px: number, py: number): number {
    this.x.push(px);
    this.y.push(py);
    this.#edgeOf.push(-1);
    return this.x.length - 1;
  }

  #newTriangle(a: number, b: number, c: number): number {
    const e = this.starts.length;
    this.starts.push(a, b, c);
    this.twins.push(-1, -1, -1);
    this.walls.push(0, 0, 0);
    this.#edgeOf[a] = e;
    this.#edgeOf[b] = e + 1;
    this.#edgeOf[c] = e + 2;
    return e;
  }

  #set(e: number, vertex: number): void {
    this.starts[e] = vertex;
    this.#edgeOf[vertex] = e;
  }

  #link(a: number, b: number): void {
    this.twins[a] = b;
    if (b >= 0) this.twins[b] = a;
  }

  /** The edge of the triangle the point lies beyond, or -1 when it is inside. */
  #leaving(e: number, px: number, py: number): number {
    for (let k = e; k < e + 3; k += 1) if (this.side(this.start(k), this.end(k), px, py) < 0) return k;
    return -1;
  }

  #splitTriangle(e: number, vertex: number): void {
    const [a, b, c] = [this.start(e), this.start(e + 1), this.start(e + 2)];
    const [bc, ca] = [this.twin(e + 1), this.twin(e + 2)];
    const [wallBc, wallCa] = [this.walls[e + 1] ?? 0, this.walls[e + 2] ?? 0];
    this.#set(e + 2, vertex);
    const second = this.#newTriangle(b, c, vertex);
    const third = this.#newTriangle(c, a, vertex);
    this.#link(second, bc);
    this.#link(third, ca);
    this.walls[second] = wallBc;
    this.walls[third] = wallCa;
    this.walls[e + 1] = 0;
    this.walls[e + 2] = 0;
    this.#link(e + 1, second + 2);
    this.#link(second + 1, third + 2);
    this.#link(third + 1, e + 2);
    this.#set(e, a);
    this.#set(e + 1, b);
    this.#stack.push(e, second, third);
  }

  #splitEdge(e: number, vertex: number): void {
    const [twin, wall] = [this.twin(e), this.walls[e] ?? 0];
    const far = this.#splitHalf(e, vertex, wall);
    if (twin < 0) return;
    const farTwin = this.#splitHalf(twin, vertex, wall);
    this.#link(e, farTwin);
    this.#link(far, twin);
  }

  /** Cuts a triangle from the new vertex on edge e to the apex; e keeps its start, the new edge goes on from the vertex. */
  #splitHalf(e: number, vertex: number, wall: number): number {
    const [after, before] = [nextEdge(e), previousEdge(e)];
    const [b, apex] = [this.start(after), this.start(before)];
    const [outer, outerWall] = [this.twin(after), this.walls[after] ?? 0];
    const far = this.#newTriangle(vertex, b, apex);
    this.walls[far] = wall;
    this.#link(far + 1, outer);
    this.walls[far + 1] = outerWall;
    this.#set(after, vertex);
    this.walls[after] = 0;
    this.#link(after, far + 2);
    this.#stack.push(before, far + 1);
    return far;
  }

  /** Turns the edge within the four corners around it; triangles keep turning the same way. */
  #flip(a: number): void {
    const b = this.twin(a);
    const [ar, bl] = [previousEdge(a), previousEdge(b)];
    const [p0, p1] = [this.start(ar), this.start(bl)];
    const [outerA, outerB] = [this.twin(bl), this.twin(ar)];
    const [wallA, wallB] = [this.walls[bl] ?? 0, this.walls[ar] ?? 0];
    this.#set(a, p1);
    this.#set(b, p0);
    this.#link(a, outerA);
    this.#link(b, outerB);
    this.#link(ar, bl);
    this.walls[a] = wallA;
    this.walls[b] = wallB;
    this.walls[ar] = 0;
    this.walls[bl] = 0;
    for (const e of [nextEdge(a), ar, nextEdge(b), bl]) this.#edgeOf[this.start(e)] = e;
  }

  #settle(): void {
    const stack = this.#stack;
    for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
      const twin = this.twin(e);
      if (twin < 0 || this.walls[e] === 1) continue;
      const [p, q] = [this.start(previousEdge(e)), this.start(previousEdge(twin))];
      if (!this.#isInCircle(p, this.start(e), this.end(e), q) || !this.#isConvex(e, p, q)) continue;
      this.#flip(e);
      // After the flip the four outer edges are a, next(a), b, next(b).
      stack.push(e, nextEdge(e), twin, nextEdge(twin));
    }
  }

  #isInCircle(a: number, b: number, c: number, p: number): boolean {
    const [px, py] = [this.x[p] ?? 0, this.y[p] ?? 0];
    const [dx, dy] = [(this.x[a] ?? 0) - px, (this.y[a] ?? 0) - py];
    const [ex, ey] = [(this.x[b] ?? 0) - px, (this.y[b] ?? 0) - py];
    const [fx, fy] = [(this.x[c] ?? 0) - px, (this.y[c] ?? 0) - py];
    const [ap, bp, cp] = [dx * dx + dy * dy, ex * ex + ey * ey, fx * fx + fy * fy];
    const [one, two, three] = [dx * (ey * cp - bp * fy), dy * (ex * cp - bp * fx), ap * (ex * fy - ey * fx)];
    return one - two + three > CIRCLE_SLACK * (Math.abs(one) + Math.abs(two) + Math.abs(three));
  }
}
