//! Publication date of an article, which the index of stories and the gathering of happenings go by.
//!
//! Knows nothing of the database.

use crate::day_number::day_number;
use dateline_analysis::Analysis;
use dateline_core::Named;
use dateline_core::article::{Article, DateSource};

/// Publication date of an article, stated or inferred.
#[derive(Clone, Debug, Default)]
pub(super) struct Publication {
    /// Publication date or time in ISO 8601, as precisely as it is known.
    pub published: Option<String>,
    /// Name of the date's source, as in JSON.
    pub source: Option<&'static str>,
    /// Publication day, in days since 1970-01-01.
    pub day: Option<i64>,
}

impl Publication {
    /// Returns the article's own date, or else the date that the analysis inferred from the text. A reference date
    /// given by the user is ignored because later analyses would not know it.
    pub(crate) fn of(article: &Article, analysis: &Analysis) -> Self {
        if let Some(known) = &article.published {
            return Self {
                published: Some(known.moment.clone().unwrap_or_else(|| known.date.to_string())),
                source: Some(known.source.name()),
                day: Some(day_number(known.date)),
            };
        }
        let found = analysis.reference.as_ref().filter(|found| found.source != DateSource::Option);
        found.map_or_else(Self::default, |found| Self {
            published: Some(found.date.to_string()),
            source: Some(found.source.name()),
            day: Some(day_number(found.date)),
        })
    }
}
