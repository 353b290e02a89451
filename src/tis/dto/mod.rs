//! The definitions, a folder a service, a file a class. A new one is its file and its lines in its service's `mod.rs`.

pub mod connection;
pub mod core;
pub mod gmc;
pub mod integration;
pub mod recommendation;
pub mod tcs;
pub mod ui;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::mapping::DtoSpec;
use crate::model::Dto;

/// What is done with every definition by its type.
pub trait Visitor {
    /// Does it with one.
    fn visit<T: Dto + Serialize + DeserializeOwned>(&mut self);
}

/// The list of a service's definitions, by name, for the catalogue and for who needs their types.
macro_rules! definitions {
    ($($class:ident,)*) => {
        /// The definitions of the service, by name.
        pub const DTOS: &[$crate::mapping::DtoSpec] = &[$($crate::mapping::DtoSpec::of::<$class>()),*];

        pub(super) fn visit(visitor: &mut impl super::Visitor) {
            $(visitor.visit::<$class>();)*
        }
    };
}
use definitions;

/// The services, by name.
const SERVICES: &[&[DtoSpec]] =
    &[connection::DTOS, core::DTOS, gmc::DTOS, integration::DTOS, recommendation::DTOS, tcs::DTOS, ui::DTOS];

const COUNT: usize = {
    let (mut count, mut service) = (0, 0);
    while service < SERVICES.len() {
        count += SERVICES[service].len();
        service += 1;
    }
    count
};

/// Every definition, by service and name.
pub const DTOS: &[DtoSpec] = &{
    let mut all = [SERVICES[0][0]; COUNT];
    let (mut at, mut service) = (0, 0);
    while service < SERVICES.len() {
        let mut own = 0;
        while own < SERVICES[service].len() {
            all[at] = SERVICES[service][own];
            (at, own) = (at + 1, own + 1);
        }
        service += 1;
    }
    all
};

/// Does something with every definition, in the order of [`DTOS`].
pub fn visit(visitor: &mut impl Visitor) {
    connection::visit(visitor);
    core::visit(visitor);
    gmc::visit(visitor);
    integration::visit(visitor);
    recommendation::visit(visitor);
    tcs::visit(visitor);
    ui::visit(visitor);
}
