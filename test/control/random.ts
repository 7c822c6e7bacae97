/** Numbers that look random and are the same every time (Park and Miller's generator). @returns whole numbers below a limit */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** One of several. */
export function oneOf<T>(random: (below: number) => number, choices: readonly T[]): T {
  const choice = choices[random(choices.length)];
  if (choice === undefined) throw new Error('there is nothing to choose from');
  return choice;
}
