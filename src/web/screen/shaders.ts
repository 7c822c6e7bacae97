/**
 * What is seen, one fragment a device pixel. The wall itself and its surroundings are drawn by programs of their own:
 * the wall with every picture, the street only when it changes.
 */

/** One triangle that covers the canvas. */
export const VERTEX_SHADER = `#version 300 es
void main() {
  vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

const COMMON = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D picture;   // sRGB, decoded to linear light by the sampler
uniform sampler2D ambient;   // linear light, a few fields
uniform vec2 canvas;         // device pixels
uniform vec2 origin;         // of the wall, from the top left
uniform float pitch;         // device pixels between two LEDs
uniform float density;       // device pixels of a CSS pixel
uniform float live;          // 1, or 0 when the picture is not now

out vec4 colour;

// Linear light to sRGB with roots instead of powers: within half a step of 255, and fast without a graphics card.
vec3 display(vec3 light) {
  vec3 root = sqrt(light);
  vec3 fourth = sqrt(root);
  vec3 eighth = sqrt(fourth);
  vec3 high = 0.662002687 * root + 0.684122060 * fourth - 0.323583601 * eighth - 0.0225411470 * light;
  return mix(high, light * 12.92, vec3(lessThanEqual(light, vec3(0.0031308))));
}

vec3 judged(vec3 light) {
  vec3 grey = vec3(dot(light, vec3(0.2126, 0.7152, 0.0722)));
  return live > 0.5 ? light : 0.12 * mix(grey, light, 0.35);
}
`;

const AREA_AVERAGE = `
// The exact average over the pixel's footprint, LEDs taken as adjoining squares, so that nothing beats.
// With at most two LEDs a side, the sampler's own blending is that average.
vec3 areaAverage(vec2 at, vec2 leds) {
  float footprint = 1.0 / pitch;
  if (footprint <= 1.0) {
    vec2 border = floor(at + 0.5);
    vec2 weight = clamp((at - border) * pitch + 0.5, 0.0, 1.0);
    return texture(picture, (border - 0.5 + weight) / leds).rgb;
  }
  vec2 from = max(at - 0.5 * footprint, vec2(0.0));
  vec2 to = min(at + 0.5 * footprint, leds);
  ivec2 first = ivec2(floor(from));
  ivec2 end = ivec2(ceil(to));
  vec3 sum = vec3(0.0);
  for (int y = first.y; y < end.y; y += 1) {
    float high = min(to.y, float(y + 1)) - max(from.y, float(y));
    for (int x = first.x; x < end.x; x += 1) {
      float wide = min(to.x, float(x + 1)) - max(from.x, float(x));
      sum += texelFetch(picture, ivec2(x, y), 0).rgb * high * wide;
    }
  }
  return sum / max((to.x - from.x) * (to.y - from.y), 1e-6);
}
`;

/** The wall from afar. */
export const FAR_SHADER = `${COMMON}${AREA_AVERAGE}
void main() {
  vec2 at = (vec2(gl_FragCoord.x, canvas.y - gl_FragCoord.y) - origin) / pitch;
  colour = vec4(display(judged(areaAverage(at, vec2(textureSize(picture, 0))))), 1.0);
}`;

/** The wall from near: round emitters in a dark mask, blended with the view from afar where LEDs are a few pixels. */
export const NEAR_SHADER = `${COMMON}${AREA_AVERAGE}
const float LED_RADIUS = 0.36;
const vec3 MASK = vec3(0.0052, 0.0056, 0.0066);
const vec3 LENS = vec3(0.0080, 0.0085, 0.0098);

vec3 emitters(vec2 at, vec2 leds, ivec2 last) {
  ivec2 cell = ivec2(floor(at));
  vec2 inside = at - vec2(cell) - 0.5;
  float near = smoothstep(10.0, 26.0, pitch);
  float distancePx = length(inside) * pitch;
  float disc = clamp(LED_RADIUS * pitch - distancePx + 0.5, 0.0, 1.0);
  vec3 light = texelFetch(picture, min(cell, last), 0).rgb;
  if (near > 0.0) {
    float depth = min(distancePx / (LED_RADIUS * pitch), 1.0);
    float spot = max(0.0, 1.0 - 22.0 * dot(inside - vec2(-0.12, -0.15), inside - vec2(-0.12, -0.15)));
    light *= 1.0 - 0.36 * near * depth * depth * depth;
    light += near * (0.030 * spot * spot * spot + 0.006 * (0.5 - inside.y));
  }
  // Louvres keep the sun off outdoor LEDs: a thin edge above every row that catches a little light.
  float louvre = near * smoothstep(0.5 - 2.5 / pitch, 0.5 - 1.0 / pitch, -inside.y);
  float ring = near * clamp((LED_RADIUS + 0.05) * pitch - distancePx + 0.5, 0.0, 1.0);
  vec3 mask = MASK * (1.0 - 0.45 * near * (inside.y + 0.5)) + louvre * vec3(0.004);
  // What the nearest LEDs spill on the mask: their blend, less the farther from a lens.
  float spill = max(0.0, 1.0 - 1.6 * dot(inside, inside));
  vec3 glow = texture(picture, at / leds).rgb * spill * spill;
  vec3 base = mask * (1.0 - 0.65 * ring) + glow * mix(0.15, 0.10, near);
  float lit = max(max(light.r, light.g), light.b);
  return mix(base, light + LENS * max(0.0, 1.0 - 12.0 * lit), disc);
}

void main() {
  vec2 at = (vec2(gl_FragCoord.x, canvas.y - gl_FragCoord.y) - origin) / pitch;
  ivec2 size = textureSize(picture, 0);
  float close = smoothstep(2.4, 4.0, pitch);
  vec3 light = close * emitters(at, vec2(size), size - 1);
  if (close < 1.0) light += (1.0 - close) * areaAverage(at, vec2(size));
  colour = vec4(display(judged(light)), 1.0);
}`;

/** Everything around the wall: its cabinet, and a street at night with what the wall throws on it. */
export const STREET_SHADER = `${COMMON}
const float HORIZON = 0.80;

float noise(vec2 at) {
  return fract(52.9829189 * fract(dot(at, vec2(0.06711056, 0.00583715))));
}

vec3 farLights(vec2 place, float shortSide) {
  vec3 light = vec3(0.0);
  for (int index = 0; index < 14; index += 1) {
    float seed = float(index);
    vec2 random = fract(sin(vec2(seed * 12.9898 + 1.7, seed * 78.233 + 4.1)) * 43758.5453);
    vec2 centre = vec2((seed + 0.2 + 0.6 * random.x) / 14.0, HORIZON - 0.035 - 0.11 * random.y * random.y);
    float radius = shortSide * (0.010 + 0.020 * random.y);
    float inside = radius - length((place - centre) * canvas);
    float bokeh = clamp(inside / (0.14 * radius) + 0.5, 0.0, 1.0) * (0.75 + 0.25 * smoothstep(0.5 * radius, 0.0, inside));
    vec3 cold = mix(vec3(0.95, 0.25, 0.18), vec3(0.35, 0.72, 0.85), random.y);
    vec3 tint = mix(vec3(1.0, 0.62, 0.28), cold, step(0.62, random.x));
    light += tint * bokeh * (0.010 + 0.020 * random.x);
    float depth = place.y - (2.0 * HORIZON - centre.y);
    vec2 mirrored = vec2((place.x - centre.x) * canvas.x / (1.3 * radius), depth * canvas.y / (6.0 * radius));
    light += tint * exp(-dot(mirrored, mirrored)) * step(HORIZON, place.y) * 0.006;
  }
  return light;
}

vec3 street(vec2 at, vec2 wallPx) {
  vec2 place = at / canvas;
  float shortSide = min(canvas.x, canvas.y);
  float height = clamp(place.y / HORIZON, 0.0, 1.0);
  vec3 sky = mix(vec3(0.0016, 0.0023, 0.0046), vec3(0.0085, 0.0078, 0.0105), height * height * height);
  float nearness = clamp((place.y - HORIZON) / (1.0 - HORIZON), 0.0, 1.0);
  vec3 ground = mix(vec3(0.0062, 0.0060, 0.0076), vec3(0.0016, 0.0018, 0.0026), nearness);
  vec3 light = mix(sky, ground, smoothstep(HORIZON - 0.004, HORIZON + 0.004, place.y)) + farLights(place, shortSide);

  vec2 beyond = max(max(origin - at, at - origin - wallPx), vec2(0.0));
  float away = length(beyond) / shortSide;
  vec3 shine = texture(ambient, clamp((at - origin) / wallPx, vec2(0.03), vec2(0.97))).rgb * live;
  light += shine * (0.045 * exp(-26.0 * away) + 0.016 * exp(-6.0 * away));
  if (at.y > origin.y + wallPx.y) {
    float depth = (at.y - origin.y - wallPx.y) / wallPx.y;
    float ripple = 0.010 * sin(at.y / density * 0.55) + 0.004 * sin(at.y / density * 1.7 + at.x / density * 0.01);
    vec2 mirrored = vec2((at.x - origin.x) / wallPx.x + ripple, 1.0 - 1.6 * depth);
    vec3 mirror = texture(ambient, clamp(mirrored, vec2(0.0), vec2(1.0))).rgb * live;
    light += mirror * smoothstep(0.10, 0.0, beyond.x / wallPx.x) * 0.07 * exp(-5.0 * depth);
  }
  return light;
}

vec3 cabinet(vec2 at, vec2 wallPx, float outside, float thickness) {
  float inner = smoothstep(1.5 * density, 0.0, outside);
  float height = clamp((at.y - origin.y) / wallPx.y, 0.0, 1.0);
  vec3 metal = mix(vec3(0.017, 0.019, 0.023), vec3(0.007, 0.008, 0.010), height);
  vec3 shine = texture(ambient, clamp((at - origin) / wallPx, vec2(0.02), vec2(0.98))).rgb * live;
  float lip = smoothstep(thickness - 2.0 * density, thickness, outside);
  return mix(metal * (1.0 + 1.1 * lip) + shine * 0.04 * exp(-outside / (2.5 * density)), vec3(0.001), inner);
}

void main() {
  vec2 at = vec2(gl_FragCoord.x, canvas.y - gl_FragCoord.y);
  vec2 wallPx = vec2(textureSize(picture, 0)) * pitch;
  vec2 beyond = max(origin - at, at - origin - wallPx);
  float outside = max(beyond.x, beyond.y);
  float thickness = min(7.0 * density, max(2.0, 0.012 * wallPx.x));
  vec3 light = outside < thickness ? cabinet(at, wallPx, outside, thickness) : street(at, wallPx);
  colour = vec4(display(light) + (noise(at) - 0.5) / 255.0, 1.0);
}`;
