/** What the shaders are told. */
export type Uniforms = {
  readonly canvas: readonly [widthPx: number, heightPx: number];
  readonly origin: readonly [x: number, y: number];
  readonly pitch: number;
  readonly density: number;
  readonly live: number;
};

const NAMES = ['canvas', 'origin', 'pitch', 'density', 'live'] as const;
/** Texture units, the same for every program. */
export const PICTURE_UNIT = 0;
export const AMBIENT_UNIT = 1;

/** A linked pair of shaders that paints rectangles of the canvas. */
export class Program {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #locations: ReadonlyMap<string, WebGLUniformLocation | null>;

  /** @throws Error with the compiler's words when the shaders are not taken */
  constructor(gl: WebGL2RenderingContext, vertexShader: string, fragmentShader: string) {
    this.#gl = gl;
    this.#program = link(gl, vertexShader, fragmentShader);
    this.#locations = new Map(NAMES.map((name) => [name, gl.getUniformLocation(this.#program, name)]));
    gl.useProgram(this.#program);
    gl.uniform1i(gl.getUniformLocation(this.#program, 'picture'), PICTURE_UNIT);
    gl.uniform1i(gl.getUniformLocation(this.#program, 'ambient'), AMBIENT_UNIT);
  }

  use(uniforms: Uniforms): void {
    const gl = this.#gl;
    const at = (name: (typeof NAMES)[number]): WebGLUniformLocation | null => this.#locations.get(name) ?? null;
    gl.useProgram(this.#program);
    gl.uniform2f(at('canvas'), ...uniforms.canvas);
    gl.uniform2f(at('origin'), ...uniforms.origin);
    gl.uniform1f(at('pitch'), uniforms.pitch);
    gl.uniform1f(at('density'), uniforms.density);
    gl.uniform1f(at('live'), uniforms.live);
  }

  /** Paints one rectangle, in device pixels from the top left of a canvas of the given height. */
  paint(x: number, y: number, widthPx: number, heightPx: number, canvasHeightPx: number): void {
    if (widthPx <= 0 || heightPx <= 0) return;
    this.#gl.scissor(x, canvasHeightPx - y - heightPx, widthPx, heightPx);
    this.#gl.drawArrays(this.#gl.TRIANGLES, 0, 3);
  }

  close(): void {
    this.#gl.deleteProgram(this.#program);
  }
}

function link(gl: WebGL2RenderingContext, vertexShader: string, fragmentShader: string): WebGLProgram {
  const program = gl.createProgram();
  const sources = [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const;
  for (const [type, source] of sources) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error('the WebGL context is lost');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
    if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true) {
      throw new Error(`shader: ${gl.getShaderInfoLog(shader) ?? 'not compiled'}`);
    }
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) {
    throw new Error(`shaders: ${gl.getProgramInfoLog(program) ?? 'not linked'}`);
  }
  return program;
}
