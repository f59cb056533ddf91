import '@lwc/synthetic-shadow';
import { context } from '../shims/runtime.ts';
import { showHeader } from './header.ts';
import { showPage } from './pages.ts';
import { listenForToasts, sayWhatWasKept } from './toasts.ts';
import { offerTour } from './tour.ts';

listenForToasts(document.querySelector('#toasts')!);
showHeader(document.querySelector('#header')!, context);
showPage(document.querySelector('#page')!, context);
offerTour(context);
sayWhatWasKept();
