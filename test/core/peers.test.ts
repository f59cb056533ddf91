import { describe, expect, test } from 'vitest';
import { amongPeers } from '../../service/core/peers.ts';

describe('among peers', () => {
  test('mean, middle half and place of five others, mine left out of theirs', () => {
    expect(amongPeers(25, [10, 20, 30, 40, 50])).toEqual({
      mine: 25,
      others: 5,
      average: 30,
      low: 20,
      high: 40,
      position: 4,
    });
  });

  test('ties share the better place', () => {
    expect(amongPeers(30, [30, 30, 30, 30, 30, 40])?.position).toBe(2);
  });

  test('fewer than five others are never told', () => {
    expect(amongPeers(1, [1, 2, 3, 4])).toBeNull();
    expect(amongPeers(1, [])).toBeNull();
  });
});
