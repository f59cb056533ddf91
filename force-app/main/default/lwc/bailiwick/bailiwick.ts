/** The one module through which our components reach the service, the map and the shared formulas. */
export { del, get, getText, post, postFile, postText, put, putJson, reduceErrors, ServiceError } from './service';
export type { Problem } from './service';
export { session } from './session';
export { loadMap } from './mapResource';
export {
  count,
  day,
  duration,
  hours,
  minutes,
  moment,
  percent,
  plainDay,
  plural,
  points,
  sentence,
  timeOfDay,
  usd,
} from './format';
export { filled } from './filled';
export { focusOn } from './focusOn';
export { download, OCTETS, saveBlob, saveText } from './download';
export { isFinal, runKind, runState } from './runWords';
export { poll } from './poll';
export { csvLine, heads, pressed, sortRows } from './sortRows';
export type { Sorting } from './sortRows';
export type * from './paneAnswers';
export { importFile, sendFile } from './sendFile';
export { boundProblem } from './boundProblem';
export { isFinished, propose } from './propose';
export type { BoundRow, ComputeRequest } from './propose';
export { addressLine, keysLine, kindChoices, kindWord } from './registryWords';
export { openMap, outline } from './outline';
export type { MapElement, OpenedMap } from './outline';
export type * from './answers';
export type * from './automaticAnswers';
export type * from './boundaryAnswers';
export type * from './importAnswers';
export type * from './insightAnswers';
export type * from './lifeAnswers';
export type * from './mappingAnswers';
export type * from './marketAnswers';
export type * from './pageAnswers';
export type * from './proposalAnswers';
export type * from './publishAnswers';
export type * from './registryAnswers';
export type { BailiwickMap } from '../../../../map/main.ts';
export type { MapView, Name } from '../../../../map/mapView.ts';
export type { Card } from '../../../../map/hoverCard.ts';
export type { Drawn, Tool } from '../../../../map/drawing.ts';
export type { Draft, Memory, Standing } from '../../../../map/draft.ts';
export type { GeographyData, GeographyInfo } from '../../../../map/geographyData.ts';
export type { LegendEntry } from '../../../../map/legend.ts';
export type { ColorBy, Paint, PaintedPlan } from '../../../../map/paint.ts';
export type { MeasurePaint } from '../../../../map/measurePaint.ts';
export type { Pocket as MapPocket } from '../../../../map/pockets.ts';
export type { PointSet } from '../../../../map/pointLayers.ts';
export type { PictureWords } from '../../../../map/picture.ts';
export type { LayerChoice, LayerOptions, MapPlace } from './mapLayers';
export type { Place } from '../../../../map/places.ts';
export type { Comparison } from './comparison';
