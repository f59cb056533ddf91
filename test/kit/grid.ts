/** A map drawn as text: one letter a unit, its owner; '.' is nobody. Units are numbered row by row, neighbours touch by a side. */
export function grid(picture: string) {
  const rows = picture
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  const letters = [...new Set(rows.flat().filter((letter) => letter !== '.'))].sort();
  const width = rows[0]!.length;
  const owners = rows.flat().map((letter) => letters.indexOf(letter));
  const neighbors = owners.map((_, unit) => {
    const [row, column] = [Math.floor(unit / width), unit % width];
    const around = [
      [row - 1, column],
      [row, column - 1],
      [row, column + 1],
      [row + 1, column],
    ] as const;
    return around.filter(([r, c]) => r >= 0 && r < rows.length && c >= 0 && c < width).map(([r, c]) => r * width + c);
  });
  return {
    owners,
    neighbors,
    letters,
    lat: owners.map((_, unit) => 42 - 0.1 * Math.floor(unit / width)),
    lon: owners.map((_, unit) => -72 + 0.1 * (unit % width)),
    unitsOf: (letter: string) => owners.flatMap((owner, unit) => (owner === letters.indexOf(letter) ? [unit] : [])),
    /** Owners as the picture would show them. */
    draw: (list: readonly number[]) =>
      Array.from({ length: rows.length }, (_, row) =>
        list
          .slice(row * width, (row + 1) * width)
          .map((owner) => letters[owner] ?? '.')
          .join(' '),
      ).join('\n'),
  };
}

/** Inputs where every unit holds the same of everything; single vectors can be given. */
export function evenInputs(
  ground: { lat: readonly number[]; lon: readonly number[] },
  given: Record<string, readonly number[]> = {},
) {
  const one = ground.lat.map(() => 1);
  return {
    potentialUsd: one,
    salesUsd: one,
    headroomUsd: one,
    providers: one,
    accounts: one,
    procedures: one,
    callHours: one,
    caseHours: one.map(() => 0),
    stops: one.map(() => 0),
    spacingKm: one.map(() => 10),
    lat: ground.lat,
    lon: ground.lon,
    ...given,
  };
}

export function seat(
  given: Partial<{
    home: { lat: number; lon: number } | null;
    capacityHours: number;
    targetShare: number;
    administrationHours: number;
  }> = {},
) {
  return { home: null, capacityHours: 1840, targetShare: 1, administrationHours: 0, ...given };
}
