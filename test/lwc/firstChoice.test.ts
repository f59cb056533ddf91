import TerritoryMap from 'c/territoryMap';
import { firstChoice } from '../../force-app/main/default/lwc/territoryMap/firstChoice';
import { NO_LAYERS } from '../../force-app/main/default/lwc/territoryMap/layerKeeper';
import { mount, unmountAll } from './kit';

afterEach(unmountAll);

describe('what the App Builder wishes', () => {
  it('is nothing by default', () => {
    const map = mount('c-territory-map', TerritoryMap) as unknown as { measure: string; layers: string };
    expect(firstChoice(map.measure, map.layers)).toEqual(NO_LAYERS);
  });

  it('is a measure and layers', () => {
    expect(firstChoice('headroomUsd', 'physicians, facilities')).toEqual({
      ...NO_LAYERS,
      color: 'headroomUsd',
      circles: false,
      physicians: true,
      facilities: true,
    });
  });
});
