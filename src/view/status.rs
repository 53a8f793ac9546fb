//! Where the window stands: which screen, and how far the work on the folder has come.

use crate::work::{Progress, Stage};

/// The main screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    #[default]
    Start,
    Board,
    Comparison,
    /// One passage through all articles that carry it.
    Wordings,
    /// A family as columns beside a base text.
    Collation,
    /// One article as it came and as it is compared.
    Source,
}

/// The lists of the board, and its pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    #[default]
    Pairs,
    Articles,
    Families,
    Pictures,
}

impl List {
    pub const ALL: [Self; 4] = [Self::Pairs, Self::Articles, Self::Families, Self::Pictures];

    pub fn label(self) -> &'static str {
        match self {
            Self::Pairs => "Pairs",
            Self::Articles => "Articles",
            Self::Families => "Families",
            Self::Pictures => "Pictures",
        }
    }
}

/// How far the work on a folder has come. Lists are partial until [`Phase::Ready`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    Working(Progress),
    /// All that was found is shown, as it was before a change; what the change makes of it is being found out.
    Renewing(Progress),
    Ready,
    /// All that was found is shown, as it was before a change: finding out more was stopped, or the folder could not be
    /// read.
    Outdated,
    /// By the person, during this stage; what was found until then stays.
    Stopped(Stage),
    /// By a fault of the program; what was found until then stays.
    Broken(String),
}

impl Phase {
    /// Nothing is at work.
    pub fn is_at_rest(&self) -> bool {
        !self.is_working()
    }

    pub fn is_working(&self) -> bool {
        matches!(self, Self::Working(_) | Self::Renewing(_))
    }

    /// False while articles may still be missing.
    pub fn is_read(&self) -> bool {
        self.is_past(Stage::Furniture)
    }

    /// False while pairs may still be missing.
    pub fn is_compared(&self) -> bool {
        self.is_past(Stage::Families)
    }

    /// True while pairs are still to come.
    pub fn is_comparing(&self) -> bool {
        self.is_working() && !self.is_compared()
    }

    fn is_past(&self, stage: Stage) -> bool {
        match self {
            Self::Working(progress) => progress.stage > stage,
            Self::Stopped(at) => *at > stage,
            Self::Renewing(_) | Self::Ready | Self::Outdated => true,
            Self::Broken(_) => false,
        }
    }
}
