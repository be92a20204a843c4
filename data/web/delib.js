// The page works without this script, which is to add suggestions below the question and a choice of years by hand.
'use strict';
